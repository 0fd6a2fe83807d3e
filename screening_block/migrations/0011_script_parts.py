from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("screening_block", "0010_sections_and_start"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScriptPart",
            fields=[
                (
                    "name",
                    models.CharField(max_length=100, primary_key=True, serialize=False),
                ),
                ("body", models.BinaryField()),
                ("replaced_on", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "part of the script",
                "verbose_name_plural": "parts of the script",
            },
        ),
    ]
