using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Core.Administration.Jobs;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine.Workers;

namespace PlaybookBuilder.Tests.Administration;

public abstract partial class AdministrationConformance
{
    [Fact]
    public async Task ErrorLog_WhenTheProgramStops_WritesAllThatItHolds()
    {
        using var worker = NewErrorLogWorker(Host.Model);
        await worker.StartAsync(Cancellation);
        for (var i = 0; i < 450; i++) Host.Get<ErrorLog>().Add("category", $"Error {i}", "");

        await worker.StopAsync(Cancellation);

        var listed = new List<LoggedError>();
        string? after = null;
        do
        {
            var part = await Host.Get<ErrorList>().ListAsync(Admin, "category", new PageRequest(after, PageRequest.Most), Cancellation);
            listed.AddRange(part.Items);
            after = part.Next;
        }
        while (after is not null);

        Assert.Equal(450, listed.Count);
        Assert.Equal("Error 449", listed[0].Message);
        Assert.Equal(0, Host.Get<ErrorLog>().Lost);
    }

    [Fact]
    public async Task ErrorLog_KeepsTextsWithoutSecretsAndWithoutWhatNoDatabaseTakes()
    {
        using var worker = NewErrorLogWorker(Host.Model);
        Host.Get<ErrorLog>().Add("category", $"Wrong password: {AdministrationHost.Secret}", "a\0b\ud800" + new string('x', 10_000));

        await worker.RunOnceAsync(Cancellation);

        var error = Assert.Single((await Host.Get<ErrorList>().ListAsync(Admin, null, new PageRequest(), Cancellation)).Items);
        Assert.Equal(("Wrong password: ***", "serve on a machine"), (error.Message, error.Program));
        Assert.StartsWith("abx", error.Detail, StringComparison.Ordinal);
        Assert.True(error.Detail.Length <= 8_000);
    }

    [Fact]
    public async Task ErrorLog_OfStepsThatFail_IsAListOfItsOwn()
    {
        using var worker = NewErrorLogWorker(Host.Model);
        var process = Guid.NewGuid();
        Host.Get<JobFailures>().Tell(new JobFailure(process, "Input[Set[Gene]]", "It is too short."));

        await worker.RunOnceAsync(Cancellation);

        var step = Assert.Single((await Host.Get<JobList>().ListFailedAsync(Admin, new PageRequest(), Cancellation)).Items);
        Assert.Equal((process, "Input[Set[Gene]]", "It is too short."), (step.ProcessId, step.Type, step.Message));
        Assert.Empty((await Host.Get<ErrorList>().ListAsync(Admin, null, new PageRequest(), Cancellation)).Items);
    }

    [Fact]
    public async Task ErrorLog_ForgetsTheOldest()
    {
        await Host.AddAsync(new LoggedErrorRow { Id = 1_000, At = Noon, Program = "", Category = "old", Message = "", Detail = "" }, new LoggedErrorRow { Id = 1_001 + ErrorLog.Kept, At = Noon, Program = "", Category = "new", Message = "", Detail = "" });
        using var worker = NewErrorLogWorker(Host.Model);
        Host.Get<ErrorLog>().Add("category", "", "");

        await worker.RunOnceAsync(Cancellation);

        Assert.DoesNotContain((await Host.Get<ErrorList>().ListAsync(Admin, null, new PageRequest(), Cancellation)).Items, error => error.Category == "old");
        Assert.NotEmpty((await Host.Get<ErrorList>().ListAsync(Admin, "new", new PageRequest(), Cancellation)).Items);
    }

    [Fact]
    public async Task ErrorLog_WithoutADatabase_CountsWhatIsLost()
    {
        using var worker = NewErrorLogWorker(new NoDatabase());
        Host.Get<ErrorLog>().Add("category", "", "");
        Host.Get<ErrorLog>().Add("category", "", "");

        await worker.RunOnceAsync(Cancellation);

        Assert.Equal(2, Host.Get<ErrorLog>().Lost);
        Assert.Equal(2, (await Host.Get<OverviewReading>().ReadAsync(Admin, Cancellation)).LostErrors);
    }

    [Fact]
    public async Task ErrorLog_CancelledWhileItWrites_HoldsWhatItHad()
    {
        using var worker = NewErrorLogWorker(Host.Model);
        Host.Get<ErrorLog>().Add("category", "held", "");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker.RunOnceAsync(new CancellationToken(canceled: true)));

        await worker.RunOnceAsync(Cancellation);

        Assert.Equal("held", Assert.Single((await Host.Get<ErrorList>().ListAsync(Admin, null, new PageRequest(), Cancellation)).Items).Message);
    }

    private ErrorLogWorker NewErrorLogWorker(IModelDatabase database) => new(Host.Get<ErrorLog>(), Host.Get<JobFailures>(), database, TimeProvider.System, NullLogger<ErrorLogWorker>.Instance);

    private sealed class NoDatabase : IModelDatabase
    {
        public Task<T> ReadAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken) => throw new DatabaseUnavailableException("It stayed away.");

        public Task<T> WriteAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken) => throw new DatabaseUnavailableException("It stayed away.");
    }
}
