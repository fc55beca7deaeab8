namespace PlaybookBuilder.Tests.Browser;

/// <summary>How a page that is not looked at tells that its work is done.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class TellingTests(PublishedBrowser browser)
{
    // Stands in for what only a person with a desktop sees.
    private const string Tell = """
        async ([permission, hidden]) => {
          Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
          window.told = [];
          window.Notification = class { static permission = permission; constructor(title, options) { window.told.push(`${title}: ${options.body}`); } };
          document.title = 'My playbook';
          const module = await import('/Components/Editor/TellWhenDone.razor.js');
          module.tell('Done', 'Genes of mine');
          const during = document.title;
          document.dispatchEvent(new Event('visibilitychange'));
          return [during, document.title, module.canAsk(), ...window.told];
        }
        """;

    [Theory]
    [InlineData("granted", true, "Done · My playbook", "My playbook", "False", "Done: Genes of mine")]
    [InlineData("default", true, "Done · My playbook", "My playbook", "True")]
    [InlineData("denied", true, "Done · My playbook", "My playbook", "False")]
    [InlineData("granted", false, "My playbook", "My playbook", "False")]
    public async Task Tell_InAPage_SaysItWhereNobodyLooks(string permission, bool isHidden, params string[] expected)
    {
        await using var session = await browser.OpenAsync();
        await session.Page.GotoAsync("/");
        await session.Page.WaitUntilInteractiveAsync();

        var said = await session.Page.EvaluateAsync<object[]>(Tell, new object[] { permission, isHidden });

        Assert.Equal(expected, said.Select(static word => $"{word}"));
        Assert.Empty(session.Complaints);
    }
}
