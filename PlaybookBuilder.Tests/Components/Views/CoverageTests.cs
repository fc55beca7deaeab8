using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Prompts;
using PlaybookBuilder.Web.Components.Views;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Tests.Components.Views;

public sealed class CoverageTests
{
    [Fact]
    public void Find_EveryDataType_HasAView()
    {
        var views = new ViewRegistry(new ResultTables());

        Assert.Empty(TestCatalog.Instance.DataTypes.Where(type => views.Find(type) is null).Select(type => type.Spec));
    }

    [Fact]
    public void Find_EveryPrompt_HasAForm()
    {
        var forms = new FormRegistry();

        Assert.Empty(TestCatalog.Instance.ProcessTypes.Where(type => type.IsPrompt && forms.Find(type) is null).Select(type => type.Spec));
    }

    [Fact]
    public void Find_EveryForm_IsAForm()
    {
        var forms = new FormRegistry();

        Assert.All(TestCatalog.Instance.ProcessTypes.Where(type => type.IsPrompt), type => Assert.True(forms.Find(type)?.IsAssignableTo(typeof(PromptForm)), type.Spec));
    }

    [Fact]
    public void Find_Resolver_HasNoForm() => Assert.Null(new FormRegistry().Find(TestCatalog.Instance.GetProcessType("GMTUnion")));
}
