"""The case file 案件卷宗: canonical JSON, hash chains, signatures and the archive, without Django."""
