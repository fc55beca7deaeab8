using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Playbooks;
using PlaybookBuilder.Web.Components.Report;
using PlaybookBuilder.Web.Components.Shared;
using PlaybookBuilder.Web.Mail;

namespace PlaybookBuilder.Web.Components.Editor;

/// <summary>The workspace: the path of steps, the step that the address names, and what can come next.</summary>
public sealed partial class BuilderPage : IAsyncDisposable
{
    private readonly Dictionary<int, Datum?> _outputs = [];
    private readonly Dictionary<int, object?> _inputs = [];
    private ImmutableArray<OutlineRow> _outline = [];
    private ImmutableArray<int> _selected = [];
    private CancellationTokenSource _page = new();
    private ElementReference _workspace;
    private JsModule? _script;
    private JsModule? _teller;
    private LongWork? _work;
    private EditPosition _edits = EditPosition.None;
    private string? _missing;
    private Guid? _replaced;
    private Guid? _origin;
    private Arrival? _arrival;
    private bool _isLoaded;
    private bool _isExtending;
    private bool _isGraph;
    private bool _isSheetOpen;
    private bool _isArriving;

    /// <summary>Where the eyes and the keyboard should be after a navigation.</summary>
    private enum Arrival
    {
        Step,
        NextSteps,
    }

    [Parameter] public string? PlaybookId { get; set; }

    [Parameter] public string? NodeIds { get; set; }

    [Inject] public required OpenPlaybook Open { get; set; }

    [Inject] public required EditHistory History { get; set; }

    [Inject] public required RecentPlaybooks Recent { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] public required IJSRuntime Js { get; set; }

    [Inject] public required ISnackbar Messages { get; set; }

    [Inject] public required TimeProvider Time { get; set; }

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] internal WorkNotices Notices { get; set; } = null!;

    [Inject] internal MailSender Mail { get; set; } = null!;

    private string PageName => Open.Playbook.IsEmpty ? "New playbook" : Open.Title;

    private string CurrentUrl => Open.Playbook.IsEmpty ? AppUrls.Extend()
        : _selected.IsEmpty ? AppUrls.ExtendAtStart(Open.Playbook.Id)
        : AppUrls.Graph(Open.Playbook, _selected);

    private string ReportUrl => Open.Playbook.IsEmpty || _selected.IsEmpty ? AppUrls.Report(Open.Playbook.IsEmpty ? default : Open.Playbook.Id) : AppUrls.Report(Open.Playbook.Id, Open.Playbook.Steps[_selected[0]].Id);

    public async ValueTask DisposeAsync()
    {
        await _page.CancelAsync();
        _page.Dispose();
        if (_script is not null) await _script.DisposeAsync();
        if (_teller is not null) await _teller.DisposeAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var cancellationToken = Restart();
        try
        {
            await ShowAsync(cancellationToken);
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
        var (replaced, arrival) = (_replaced, _arrival ?? (_isExtending ? Arrival.NextSteps : null));
        (_replaced, _arrival) = (null, null);
        _script ??= new JsModule(Js, "./Components/Editor/BuilderPage.razor.js");
        var playbook = Open.Playbook;
        Guid? id = playbook.IsEmpty ? null : playbook.Id;
        if (id is { } kept) _origin = await Recent.RememberAsync(kept, Open.Name, playbook.Steps.Length, replaced);
        _edits = await History.ArriveAsync(id, CurrentUrl);
        await _script.CallAsync("arrive", _workspace, arrival?.ToString());
        StateHasChanged();
        await AskForMailAsync(replaced);
    }

    // What follows the page that was shown before has to stop before another is read.
    private CancellationToken Restart()
    {
        var before = _page;
        _page = new CancellationTokenSource();
        var cancellationToken = _page.Token;
        // Not CancelAsync: what yields before anything is loaded makes every page render twice.
        before.Cancel();
        before.Dispose();
        return cancellationToken;
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        _missing = null;
        var nodes = NodeIds is null ? null : AppUrls.ParseSteps(NodeIds) ?? throw WorkflowException.NotFound("The link names a step in a way that makes no sense; check that none of it was cut off.");
        if (!AppUrls.TryParsePlaybook(PlaybookId, out var id)) throw WorkflowException.NotFound("The link is not that of a playbook; check that none of it was cut off.");

        var isSame = _isLoaded && !Open.Playbook.IsEmpty && Open.Playbook.Id == id;
        if (!isSame)
        {
            await Open.LoadAsync(id, RendererInfo.IsInteractive, cancellationToken);
            _outline = PlaybookOutline.Of(Open.Playbook);
            (_work ??= new LongWork(Time)).Follow(Open.States);
        }

        _selected = Select(nodes);
        _isExtending = Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0].EndsWith("/extend", StringComparison.Ordinal);
        await ReadSelectedAsync(cancellationToken);
        _isLoaded = true;
    }

    private ImmutableArray<int> Select(IReadOnlyList<Guid>? nodes)
    {
        if (nodes is null) return Open.Playbook.IsEmpty ? [] : [Open.Playbook.Steps.Length - 1];

        var selected = nodes.Select(Open.Playbook.IndexOfStep).ToImmutableArray();
        return selected.Contains(-1) ? throw WorkflowException.NotFound("The link names a step that is not in this playbook.") : selected;
    }

    private async Task ReadSelectedAsync(CancellationToken cancellationToken)
    {
        _outputs.Clear();
        _inputs.Clear();
        foreach (var index in _selected)
        {
            _outputs[index] = await Open.ReadOutputAsync(index, cancellationToken);
            _inputs[index] = await Open.ReadInputsAsync(index, cancellationToken);
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
        await ReadSelectedAsync(cancellationToken);
        StateHasChanged();
        if (_work?.Follow(Open.States) is { } outcome) await TellAsync(outcome);
    }

    // After all is shown: it is for later.
    private async Task AskForMailAsync(Guid? replaced)
    {
        if (Mail.IsOn && Open.States.Any(static state => state.IsAtWork) && (await Visitor.GetAsync()).UserId is { } userId) await Notices.AskAsync(userId, Open.Playbook.Id, replaced, _page.Token);
    }

    private async Task TellAsync(string outcome)
    {
        try
        {
            _teller ??= new JsModule(Js, TellWhenDone.Module);
            await _teller.CallAsync("tell", outcome, Open.Name);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; when it comes back it shows what is done.
        }
    }

    private async Task GoAsync(Playbook playbook, int index, Arrival? arrival)
    {
        Guid? before = Open.Playbook.IsEmpty ? null : Open.Playbook.Id;
        if (before == playbook.Id) return;

        var url = AppUrls.Graph(playbook, index);
        await History.RecordAsync(before, CurrentUrl, playbook.Id, url);
        _replaced = before;
        _arrival = arrival;
        if (arrival is not null) _isSheetOpen = false;
        Navigation.NavigateTo(url);
    }

    private async Task MoveAsync(Playbook playbook)
    {
        var url = AppUrls.Graph(playbook, _selected.IsEmpty ? [playbook.Steps.Length - 1] : _selected);
        await History.SwapAsync(Open.Playbook.Id, playbook.Id, url);
        _replaced = Open.Playbook.Id;
        Navigation.NavigateTo(url, replace: true);
    }

    private async Task ChooseAsync(NextStep next)
    {
        var extended = await Open.ExtendAsync(next, _page.Token);
        await GoAsync(extended, extended.Steps.Length - 1, Arrival.Step);
    }

    private async Task AnswerAsync(int index, Datum answer) => await GoAsync(await Open.AnswerAsync(index, answer, _page.Token), index, null);

    private async Task RecomputeAsync(int index)
    {
        var playbook = await Open.RecomputeAsync(index, _page.Token);
        if (playbook.Id == Open.Playbook.Id)
        {
            await RefreshAsync(_page.Token);
            await AskForMailAsync(replaced: null);
        }
        else
        {
            await GoAsync(playbook, index, null);
        }
    }

    private Task CancelAsync() => Open.CancelAsync(_page.Token);

    private async Task RenameAsync(string title)
    {
        var metadata = (Open.Playbook.Metadata ?? new PlaybookMetadata()) with { Title = title };
        if (metadata == Open.Playbook.Metadata || _selected.IsEmpty) return;

        await GoAsync(await Open.DescribeAsync(metadata, _page.Token), _selected[0], null);
    }

    private async Task RenameStepAsync(int index, string label)
    {
        var cell = CellVisibility.Of(Open.Playbook.Steps[index], Open.TypeOf(index)) with { Label = label };
        await GoAsync(await Open.DescribeCellAsync(index, cell, _page.Token), index, null);
    }

    private async Task UndoAsync() => Return(await History.UndoAsync());

    private async Task RedoAsync() => Return(await History.RedoAsync());

    private void Return(string? url)
    {
        if (url is null) return;

        _replaced = Open.Playbook.IsEmpty ? null : Open.Playbook.Id;
        Navigation.NavigateTo(url);
    }

    private async Task ShareAsync()
    {
        var isCopied = _script is not null && await _script.CallAsync<bool>("copy", Navigation.ToAbsoluteUri(AppUrls.Graph(Open.Playbook.Id)).ToString());
        Messages.Add(isCopied ? "Link copied. Whoever has it can open this playbook and see its results." : "The browser did not allow copying; take the link from the address bar.", isCopied ? Severity.Success : Severity.Info);
    }
}
