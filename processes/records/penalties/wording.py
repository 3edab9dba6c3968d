"""The words for every code of a finding, and of a file that cannot be read: Chinese, English."""

WORDING: dict[str, tuple[str, str]] = {
    # the row as a whole
    "duplicate": (
        "与第 {earlier} 行相同：同一文号、机关、当事人已经出现过",
        "same as line {earlier}: this decision number, authority and counterpart came before",
    ),
    "conflict": (
        "与第 {earlier} 行是同一决定（同一文号、机关、当事人），内容却不同：{fields}",
        "line {earlier} is the same decision (number, authority, counterpart) but differs in: {fields}",
    ),
    "columns": (
        "这一行比表头多出内容（第 {column} 列起），可能串列",
        "the row has content beyond the header (from column {column}); columns may be shifted",
    ),
    "csv": (
        "这一行的引号不成对，无法分列",
        "the quotes of this row do not match, so it cannot be split into columns",
    ),
    "shifted": (
        "内容像是别的列的（{looks_like}），可能串列",
        "this looks like the content of another column ({looks_like}); columns may be shifted",
    ),
    # any cell
    "missing": ("必填，没有填写", "required, and empty"),
    "missing-for-kind": (
        "相对人是{kind}，这一项必填",
        "required for this kind of counterpart ({kind})",
    ),
    "length": ("超过 {limit} 个字符", "longer than {limit} characters"),
    "character": (
        "含有无法保存或已损坏的字符",
        "contains a character that is damaged or cannot be stored",
    ),
    "unknown-kind": (
        "只能填：法人及非法人组织、自然人、个体工商户",
        "must be one of 法人及非法人组织, 自然人, 个体工商户",
    ),
    # names
    "name-masked": (
        "名称被遮盖（*），无法对应到主体",
        "the name is masked (*) and identifies nobody",
    ),
    "name-polluted": (
        "名称里混有别的内容（{found}），请只留名称",
        "the name holds other content ({found}); leave the name only",
    ),
    # codes
    "code-length": ("{length} 位，应当 18 位", "{length} characters instead of 18"),
    "code-letter": (
        "有字符 {letter}，统一社会信用代码不用 I O S V Z；多半是数字误作字母",
        "contains {letter}; the standard does not use I O S V Z (a digit may have been mistyped)",
    ),
    "code-check": ("末位校验不符", "the check character does not hold"),
    "code-is-identity": (
        "这是身份证号，不能填在会公开的代码列",
        "this is an identity number; it may not stand in a column that becomes public",
    ),
    "code-division": (
        "第 3—8 位不是数字的行政区划码",
        "characters 3-8 are not a numeric division code",
    ),
    "code-inner-check": (
        "第 17 位（组织机构代码校验位）不符，请与证照核对",
        "character 17 (check of the organisation code) does not hold; compare with the certificate",
    ),
    "code-kind": (
        "代码是{by_code}的，类别填的是{by_kind}",
        "the code belongs to {by_code}, the kind says {by_kind}",
    ),
    # identity documents
    "identity-length": ("身份证号 {length} 位，应当 18 位", "{length} characters instead of 18"),
    "identity-letter": ("身份证号只能是数字，末位可以是 X", "digits only; the last may be X"),
    "identity-birth": ("身份证号里的出生日期不可能", "the birth date in the number is impossible"),
    "identity-check": ("身份证号末位校验不符", "the check character does not hold"),
    "document-type": ("证件类型不在目录", "not a known type of document"),
    "document-number": ("证件号码的写法不对", "not the form of such a number"),
    "identity-in-text": (
        "文字里有身份证号，入库时已遮盖",
        "the text holds an identity number; it was masked on import",
    ),
    # decision number
    "decision-number": ("不是文号：没有数字", "not a decision number: it has no digit"),
    # types
    "type-unknown": ("不在处罚类别目录", "not in the list of penalty types"),
    "not-a-penalty": (
        "责令改正不是行政处罚，不作为处罚登记和公示",
        "an order to correct is no penalty; it is neither registered nor published as one",
    ),
    "type-other": ("“其他”没有写明是什么", "“其他” does not say what it is"),
    # amounts
    "amount": ("不能读作数字", "cannot be read as a number"),
    "amount-negative": ("不能是负数", "may not be negative"),
    "amount-places": ("超过 6 位小数（万元）", "more than 6 decimal places (in 10,000 yuan)"),
    "amount-large": ("数额过大", "too large an amount"),
    "amount-several": ("一格里有几个金额", "several amounts in one cell"),
    "amount-unit": (
        "看不出单位是元还是万元",
        "it cannot be read whether the unit is yuan or 10,000 yuan",
    ),
    "amount-missing": ("处罚类别有{penalty}，没有写金额", "{penalty} is named without an amount"),
    "amount-without-type": (
        "写了金额，处罚类别没有{penalty}",
        "an amount without the type {penalty}",
    ),
    "amount-unit-in-cell": (
        "格内单位与表头不同，已按格内单位换算为 {wan} 万元",
        "the cell has its own unit and was converted to {wan} times 10,000 yuan",
    ),
    # dates
    "date": ("不能读作日期", "cannot be read as a date"),
    "date-impossible": ("没有这一天", "there is no such day"),
    "date-month": ("只有年月，没有日", "year and month only, without a day"),
    "date-future": ("晚于 {today}", "later than {today}"),
    "order": ("早于处罚决定日期 {decided}", "earlier than the decision date {decided}"),
    "valid-until-empty": ("处罚有效期没有填写", "the end of validity is empty"),
    "field-several": (
        "备注写了几个领域，没有取用",
        "the remark names several fields; none was used",
    ),
    # the file
    "header-unknown": ("不认识的列，没有读取", "an unknown column; it was not read"),
    "header-doubtful": (
        "可能是“{name}”，未经确认没有读取",
        "may be {maybe}; not read without confirmation",
    ),
    "header-index": (
        "只有序号没有文字的代码列，新旧模板含义不同，没有读取",
        "a numbered code column without words means different things in old and new templates; not read",
    ),
    "header-double": (
        "与“{first}”是同一项，没有读取",
        "the same field as {first}; not read",
    ),
    "header-missing": ("没有这一列", "the column is missing"),
    "sheet-ignored": ("工作表“{sheet}”没有读取", "worksheet {sheet} was not read"),
    "preamble": ("表头前的内容没有读取", "content before the header was not read"),
    # against what is known already (made by the import, not by the reader)
    "proposed": (
        "与已登记的内容不同，已作为新版本提交数据提供单位确认",
        "differs from what is registered; proposed as a new version for the provider to confirm",
    ),
    "refused": ("登记时被退回：{reason}", "refused on registration: {reason}"),
}

FILE_WORDING: dict[str, tuple[str, str]] = {
    "xls": (
        "这是旧的 XLS 或加密的工作簿，请另存为不加密的 XLSX 或 CSV",
        "this is an old XLS file or an encrypted workbook; save it as plain XLSX or CSV",
    ),
    "utf-16": (
        "文件是 UTF-16 编码，请另存为“CSV UTF-8”",
        "the file is encoded in UTF-16; save it as CSV UTF-8",
    ),
    "encoding": (
        "文件既不是 UTF-8，也不是 GB18030 编码",
        "the file is neither UTF-8 nor GB18030",
    ),
    "header": (
        "前 {detail} 行里找不到行政处罚的表头",
        "no header of a penalty file within the first {detail} rows",
    ),
    "xlsx": (
        "不是可读的 XLSX 文件，或中途损坏（{detail}）",
        "not a readable XLSX file, or damaged on the way ({detail})",
    ),
    "xlsx-size": ("工作簿解压后过大", "the workbook unpacks to more than is allowed"),
    "sheet-size": ("工作表超出 XLSX 的行列上限", "the worksheet is larger than a sheet can be"),
    "no-sheet": ("工作簿里没有可见的工作表", "the workbook has no visible worksheet"),
}
