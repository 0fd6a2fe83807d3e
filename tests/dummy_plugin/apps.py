from plugins import PluginConfig


class DummyPluginConfig(PluginConfig):
    name = "tests.dummy_plugin"
    default_auto_field = "django.db.models.BigAutoField"
    contributes = {
        "question_types": ["tests.dummy_plugin.questions.Percent"],
        "operators": ["tests.dummy_plugin.operators.Multiple"],
        "result_actions": ["tests.dummy_plugin.actions.CallBack"],
        "article_blocks": ["tests.dummy_plugin.blocks.BLOCKS"],
        "law_packs": ["tests.dummy_plugin.packs.PACK"],
        "api_routes": ["tests.dummy_plugin.api.ROUTES"],
    }
