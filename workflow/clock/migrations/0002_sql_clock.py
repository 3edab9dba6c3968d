"""SQL's own view of the one clock, so that views and triggers share the legal day."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION xinfu_now() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT clock_timestamp() + coalesce((SELECT moved_by FROM public.clock_offset), interval '0')
$$;
CREATE FUNCTION xinfu_today() RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT (public.xinfu_now() AT TIME ZONE 'Asia/Shanghai')::date
$$;
"""


class Migration(migrations.Migration):
    """xinfu_now() in UTC, xinfu_today() as the local legal day."""

    dependencies = [("clock", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION xinfu_today(); DROP FUNCTION xinfu_now();")
    ]
