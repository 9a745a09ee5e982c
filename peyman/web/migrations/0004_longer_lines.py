from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0003_witnesses"),
    ]

    operations = [
        migrations.AlterField(
            model_name="cosigned",
            name="line",
            field=models.CharField(max_length=4000),
        ),
    ]
