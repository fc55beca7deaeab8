using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Components.Editor;
using PlaybookBuilder.Web.Components.Playbooks;
using PlaybookBuilder.Web.Components.Shared;
using PlaybookBuilder.Web.Components.Stories;

namespace PlaybookBuilder.Web.Components.Report;

/// <summary>The playbook as a paper, one cell a step. What a cell shows is read when the browser comes near it, so a long report opens at once.</summary>
public sealed partial class ReportPage : IAsyncDisposable
{
    private const int ShownAtFirst = 6;
    private const int DeepestIndent = 4;

    private readonly HashSet<int> _shown = [];
    private readonly Dictionary<int, Datum?> _outputs = [];
    private readonly Dictionary<int, object?> _inputs = [];
    private ImmutableArray<OutlineRow> _outline = [];
    private StoryLinks _links = new(_ => "", _ => "");
    private CancellationTokenSource _page = new();
    private ElementReference _report;
    private JsModule? _script;
    private DotNetObjectReference<ReportPage>? _self;
    private EditPosition _edits = EditPosition.None;
    private string? _missing;
    private Guid? _replaced;
    private Guid? _origin;
    private bool _isLoaded;
    private bool _isArriving;

    [Parameter] public required string PlaybookId { get; set; }

    [Inject] public required OpenPlaybook Open { get; set; }

    [Inject] public required EditHistory History { get; set; }

    [Inject] public required RecentPlaybooks Recent { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] public required IJSRuntime Js { get; set; }

    [Inject] public required ISnackbar Messages { get; set; }

    /// <summary>Called by the browser for cells that come near the visible part.</summary>
    [JSInvokable]
    public async Task ShowAsync(int[] indexes)
    {
        _shown.UnionWith(indexes.Where(index => index >= 0 && index < Open.Playbook.Steps.Length));
        await RefreshAsync(_page.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _page.CancelAsync();
        _page.Dispose();
        _self?.Dispose();
        if (_script is not null) await _script.DisposeAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var before = _page;
        _page = new CancellationTokenSource();
        var cancellationToken = _page.Token;
        // Not CancelAsync: what yields before anything is loaded makes every page render twice.
        before.Cancel();
        before.Dispose();
        try
        {
            await LoadAsync(cancellationToken);
        }
        catch (WorkflowException exception)
        {
            _missing = exception.Message;
            if (!RendererInfo.IsInteractive) Navigation.NotFound();
            return;
        }

        _isArriving = true;
        if (RendererInfo.IsInteractive) _ = FollowAsync(cancellationToken);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isArriving || !_isLoaded) return;

        _isArriving = false;
        var replaced = _replaced;
        _replaced = null;
        _script ??= new JsModule(Js, "./Components/Report/ReportPage.razor.js");
        _self ??= DotNetObjectReference.Create(this);
        await _script.CallAsync("arrive", _report, _self);
        _origin = await Recent.RememberAsync(Open.Playbook.Id, Open.Name, Open.Playbook.Steps.Length, replaced);
        _edits = await History.ArriveAsync(Open.Playbook.Id, AppUrls.Report(Open.Playbook.Id));
        StateHasChanged();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!AppUrls.TryParsePlaybook(PlaybookId, out var id) || id is null) throw WorkflowException.NotFound("The link is not that of a playbook; check that none of it was cut off.");

        _missing = null;
        await Open.LoadAsync(id, RendererInfo.IsInteractive, cancellationToken);
        _outline = PlaybookOutline.Of(Open.Playbook);
        _links = new(index => AppUrls.Report(id.Value, Open.Playbook.Steps[index].Id), number => $"{AppUrls.Report(id.Value)}#{StoryLinks.ReferenceAnchor(number)}");
        _shown.RemoveWhere(index => index >= Open.Playbook.Steps.Length);
        _shown.UnionWith(_outline.Take(ShownAtFirst).Select(row => row.Index));
        await ReadShownAsync(cancellationToken);
        _isLoaded = true;
    }

    private async Task ReadShownAsync(CancellationToken cancellationToken)
    {
        int[] shown = [.. _shown.Order()];
        var outputs = await Open.ReadOutputsAsync(shown, cancellationToken);
        for (var i = 0; i < shown.Length; i++)
        {
            _outputs[shown[i]] = outputs[i];
            _inputs[shown[i]] = await Open.ReadInputsAsync(shown[i], cancellationToken);
        }
    }

    // Nobody awaits this, so what goes wrong is handed to the page's error boundary.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Open.WatchAsync(InvokeAsync, () => RefreshAsync(cancellationToken), cancellationToken);
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await ReadShownAsync(cancellationToken);
        StateHasChanged();
    }

    private async Task GoAsync(Playbook playbook)
    {
        var before = Open.Playbook.Id;
        if (before == playbook.Id) return;

        await History.RecordAsync(before, AppUrls.Report(before), playbook.Id, AppUrls.Report(playbook.Id));
        if (_script is not null) await _script.CallAsync("hold");
        _replaced = before;
        Navigation.NavigateTo(AppUrls.Report(playbook.Id));
    }

    private async Task MoveAsync(Playbook playbook)
    {
        var url = AppUrls.Report(playbook.Id);
        await History.SwapAsync(Open.Playbook.Id, playbook.Id, url);
        if (_script is not null) await _script.CallAsync("hold");
        _replaced = Open.Playbook.Id;
        Navigation.NavigateTo(url, replace: true);
    }

    private async Task AnswerAsync(int index, Datum answer) => await GoAsync(await Open.AnswerAsync(index, answer, _page.Token));

    private async Task DescribeAsync(PlaybookMetadata metadata) => await GoAsync(await Open.DescribeAsync(metadata, _page.Token));

    private async Task DescribeCellAsync(int index, CellMetadata cell) => await GoAsync(await Open.DescribeCellAsync(index, cell, _page.Token));

    private Task RenameAsync(string title) => DescribeAsync((Open.Playbook.Metadata ?? new PlaybookMetadata()) with { Title = title });

    private async Task RecomputeAsync(int index)
    {
        var playbook = await Open.RecomputeAsync(index, _page.Token);
        if (playbook.Id == Open.Playbook.Id) await RefreshAsync(_page.Token);
        else await GoAsync(playbook);
    }

    private Task CancelAsync() => Open.CancelAsync(_page.Token);

    private async Task UndoAsync() => await ReturnAsync(await History.UndoAsync());

    private async Task RedoAsync() => await ReturnAsync(await History.RedoAsync());

    private async Task ReturnAsync(string? url)
    {
        if (url is null) return;

        if (_script is not null) await _script.CallAsync("hold");
        _replaced = Open.Playbook.Id;
        Navigation.NavigateTo(url);
    }

    private async Task ShareAsync()
    {
        var isCopied = _script is not null && await _script.CallAsync<bool>("copy", Navigation.ToAbsoluteUri(AppUrls.Report(Open.Playbook.Id)).ToString());
        Messages.Add(isCopied ? "Link copied. Whoever has it can open this report and see its results." : "The browser did not allow copying; take the link from the address bar.", isCopied ? Severity.Success : Severity.Info);
    }

    private async Task PrintAsync()
    {
        await ShowAsync([.. Enumerable.Range(0, Open.Playbook.Steps.Length)]);
        if (_script is not null) await _script.CallAsync("print");
    }
}
