from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0003_wording'),
    ]

    operations = [
        migrations.AddField(
            model_name='topic',
            name='description',
            field=models.TextField(blank=True, help_text='One or two sentences, shown on the topic’s own page.', max_length=400, verbose_name='description', default=''),
            preserve_default=False,
        ),
    ]
