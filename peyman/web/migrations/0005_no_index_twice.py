from django.db import migrations, models
from django.db.models.deletion import CASCADE


def _field(name: str) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        db_index=False, on_delete=CASCADE, related_name=name, to="web.caserecord"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0004_longer_lines"),
    ]

    operations = [
        migrations.AlterField("claimrow", "case", _field("claims")),
        migrations.AlterField("entryrecord", "case", _field("entries")),
        migrations.AlterField("entryrow", "case", _field("rows")),
    ]
