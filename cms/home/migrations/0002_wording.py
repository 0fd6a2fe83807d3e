import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0001_initial'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='homepage',
            name='action_label',
            field=models.CharField(blank=True, max_length=60, verbose_name='button label'),
        ),
        migrations.AlterField(
            model_name='homepage',
            name='action_page',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='button link'),
        ),
        migrations.AlterField(
            model_name='homepage',
            name='disclaimer',
            field=models.TextField(blank=True, help_text='Shown at the foot of every page in this language.', verbose_name='disclaimer'),
        ),
    ]
