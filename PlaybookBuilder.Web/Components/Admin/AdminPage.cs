using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Components.Admin;

/// <summary>
/// A page of the administration: for whoever is no administrator there is none. What it shows is read again once a second at most
/// when the engine tells that something happened, where that concerns it, and otherwise after some seconds.
/// </summary>
public abstract class AdminPage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _life = new();
    private volatile bool _isChanged;
    private bool _isFollowing;
    private string? _refused;
    private string? _unread;

    protected AdminPage() => Life = _life.Token;

    /// <summary>Where the shown part of a list begins; null for its beginning.</summary>
    [SupplyParameterFromQuery] public string? After { get; set; }

    [Inject] public required CurrentActor Current { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] public required TimeProvider Time { get; set; }

    [Inject] public required EngineSignals Signals { get; set; }

    [Inject] internal VisitorAddress Visitor { get; set; } = null!;

    /// <summary>Whether somebody who may see it looks, and what is shown was read.</summary>
    protected bool IsOpen { get; private set; }

    protected bool IsFirst => After is null;

    /// <summary>What went wrong: with what was done last, or with reading.</summary>
    protected string? Problem => _refused ?? _unread;

    /// <summary>What was done last.</summary>
    protected string? Notice { get; private set; }

    protected Actor Actor { get; private set; } = Actor.Anonymous;

    /// <summary>Whether what the page shows changes with what the engine does.</summary>
    protected virtual bool FollowsEngine => false;

    /// <summary>How long what is shown stands while nothing tells of a change.</summary>
    protected virtual TimeSpan Interval => TimeSpan.FromSeconds(10);

    /// <summary>Cancelled when the page is gone.</summary>
    protected CancellationToken Life { get; }

    private protected PageRequest Part => new(After);

    public void Dispose()
    {
        Signals.Delivered -= Hear;
        _life.Cancel();
        _life.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads what is shown.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    protected override async Task OnParametersSetAsync()
    {
        Actor = await Current.GetAsync();
        if (!Actor.IsAdmin)
        {
            Navigation.NotFound();
            return;
        }

        await ReadAsync();
        if (_isFollowing || !RendererInfo.IsInteractive) return;

        _isFollowing = true;
        if (FollowsEngine) Signals.Delivered += Hear;
        _ = FollowAsync(Life);
    }

    /// <summary>Does something, says so, and reads again what is shown.</summary>
    /// <param name="act">Gets from where the visitor acts.</param>
    protected Task ActAsync(string done, Func<string, CancellationToken, Task> act) => ActAsync(async (address, token) =>
    {
        await act(address, token);
        return done;
    });

    /// <summary>Does something, says what came of it, and reads again what is shown.</summary>
    /// <param name="act">Gets from where the visitor acts, and tells what was done.</param>
    protected async Task ActAsync(Func<string, CancellationToken, Task<string>> act)
    {
        (_refused, Notice) = (null, null);
        try
        {
            Notice = await act(Visitor.Value, Life);
        }
        catch (Exception exception) when (exception is AccessException or WorkflowException or DatabaseUnavailableException)
        {
            _refused = exception.Message;
        }

        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        try
        {
            _unread = null;
            await LoadAsync(Life);
        }
        catch (Exception exception) when (exception is WorkflowException or DatabaseUnavailableException)
        {
            _unread = exception.Message;
        }
        catch (AccessException)
        {
            Navigation.NotFound();
            return;
        }

        IsOpen = true;
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Throttle, Time);
        var read = Time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (!_isChanged && Time.GetElapsedTime(read) < Interval) continue;

                _isChanged = false;
                await InvokeAsync(RefreshAsync);
                read = Time.GetTimestamp();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception exception)
        {
            // Nobody awaits this, so what goes wrong is handed to the page's error boundary.
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private void Hear(EngineSignal signal) => _isChanged = true;
}
