using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files;

/// <summary>Who may name whose files in playbooks, and what steps may read of them, on every database.</summary>
public abstract class GrantsConformance : IAsyncLifetime
{
    private const string Matrix = "GeneCountMatrixFromFile";
    private const string Upload = "GeneCountMatrixFileUpload";
    private const string Log2 = "LogNormalizeGeneCountMatrix";

    private FilesHost? _host;

    private protected FilesHost Host => _host!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await FilesHost.StartAsync(await OpenAsync());

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The address of an empty database.</summary>
    private protected abstract Task<string> OpenAsync();

    [Theory]
    [InlineData("FileURL", """{"url":"#","filename":"counts.csv"}""")]
    [InlineData("GeneCountMatrix", """{"url":"#","filename":"m.csv","shape":[1,1],"index":["a"],"columns":["b"],"values":[[1]],"ellipses":[null,null]}""")]
    [InlineData("Of a later time", """{"deep":[{"er":["#"]}]}""")]
    [InlineData("Of a later time", "\"#\"")]
    [InlineData("Of a later time", """{"#":1}""")]
    public async Task Import_NamingSomebodyElsesFile_IsRefusedAndNothingIsKept(string type, string json)
    {
        var (owner, other) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        var url = await Host.UploadAsync(owner.UserId);
        foreach (var form in new[] { url, url.Replace("drs://", "DRS://", StringComparison.Ordinal), "drs://elsewhere.example/" + Escape(IdOf(url)) })
        {
            var playbook = Playbook.Empty.Extend(new Process("Of former times", Datum.OfJson(type, json.Replace("#", form, StringComparison.Ordinal))));
            foreach (var actor in new[] { other, Actor.Anonymous, new Actor((Guid?)null, IsService: true) })
            {
                var refusal = await Assert.ThrowsAsync<WorkflowException>(() => Host.ImportAsync(playbook, actor));
                Assert.Equal(WorkflowProblem.NotFound, refusal.Problem);
                Assert.Contains(IdOf(url), refusal.Message, StringComparison.Ordinal);
                Assert.Contains("the file yourself", refusal.Message, StringComparison.Ordinal);
            }

            await Assert.ThrowsAsync<WorkflowException>(() => Host.Engine.GetAsync(playbook.Id, Cancellation));
        }

        Assert.Empty(await GrantsAsync());
    }

    [Fact]
    public async Task Import_NamingAnOwnFile_IsReadByTheStep()
    {
        var owner = await Host.NewUserAsync();
        var playbook = FilesHost.Naming(await Host.UploadAsync(owner.UserId), Upload);

        await Host.ImportAsync(playbook, owner);

        Assert.Equal("GeneCountMatrix", (await Host.ComputeAsync(playbook)).Type);
        Assert.Equal(playbook.Head.Process.Data!.Id, Assert.Single(await GrantsAsync()).DataId);
    }

    [Fact]
    public async Task Import_ByAnAdministrator_IsGranted()
    {
        var (owner, admin) = (await Host.NewUserAsync(), await Host.NewUserAsync(isAdmin: true));
        var playbook = FilesHost.Naming(await Host.UploadAsync(owner.UserId), Upload);

        await Host.ImportAsync(playbook, admin);

        Assert.Equal("GeneCountMatrix", (await Host.ComputeAsync(playbook)).Type);
    }

    [Fact]
    public async Task Import_WhatWasAcceptedBefore_IsAcceptedFromAnybodyAndOnlyThat()
    {
        var owner = await Host.NewUserAsync();
        var url = await Host.UploadAsync(owner.UserId);
        var shared = FilesHost.Naming(url);
        await Host.ImportAsync(shared, owner);

        var extended = FilesHost.Then(shared, Matrix, "file");
        await Host.ImportAsync(extended, Actor.Anonymous);

        Assert.Equal("GeneCountMatrix", (await Host.ComputeAsync(extended)).Type);
        await Assert.ThrowsAsync<WorkflowException>(() => Host.ImportAsync(FilesHost.Naming(url, Upload), Actor.Anonymous));
    }

    [Fact]
    public async Task Compute_WhatStepsHandOn_IsReadByLaterSteps()
    {
        var owner = await Host.NewUserAsync();
        // A file becomes a file, and that a matrix of the same link, which is read once more.
        var playbook = FilesHost.Then(FilesHost.Then(FilesHost.Naming(await Host.UploadAsync(owner.UserId)), Matrix, "file"), Log2, "matrix");
        await Host.ImportAsync(playbook, owner);

        Assert.Equal("GeneCountMatrix", (await Host.ComputeAsync(playbook)).Type);
    }

    [Fact]
    public async Task Import_AResultAsAnAnswer_NeedsTheFilesOwnRight()
    {
        var (owner, other) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        var playbook = FilesHost.Naming(await Host.UploadAsync(owner.UserId), Upload);
        await Host.ImportAsync(playbook, owner);
        var result = await Host.ComputeAsync(playbook);

        var taken = Playbook.Empty.Extend(new Process("Of former times", result));

        await Assert.ThrowsAsync<WorkflowException>(() => Host.ImportAsync(taken, other));
        await Host.ImportAsync(taken, owner);
    }

    [Fact]
    public async Task Compute_WithoutAGrant_DoesNotRead()
    {
        var owner = await Host.NewUserAsync();
        var playbook = FilesHost.Then(FilesHost.Naming(await Host.UploadAsync(owner.UserId)), Matrix, "file");
        // As if a way into the database had been overlooked.
        await Host.Get<IPlaybookStore>().SaveAsync(playbook, Cancellation);

        var output = await Host.ComputeAsync(playbook);

        Assert.Equal(ErrorData.Spec, output.Type);
        Assert.Contains("is not here", ErrorData.MessageOf(output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NamingWhatIsNoUploadHere_IsToldByTheStep()
    {
        var playbook = FilesHost.Naming("drs://elsewhere.example/unknown", Upload);

        await Host.ImportAsync(playbook, Actor.Anonymous);

        Assert.Contains("is not here", ErrorData.MessageOf(await Host.ComputeAsync(playbook)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NamingWhatAProcessMade_IsEverybodys()
    {
        var playbook = FilesHost.Naming(await Host.UploadAsync(userId: null), Upload);

        await Host.ImportAsync(playbook, Actor.Anonymous);

        Assert.Equal("GeneCountMatrix", (await Host.ComputeAsync(playbook)).Type);
        // The answer and the result keep the file: see RetentionOfFilesConformance.
        Assert.Equal(2, (await GrantsAsync()).Count);
    }

    [Fact]
    public async Task Import_LongPlaybookWithOneFile_IsGranted()
    {
        var owner = await Host.NewUserAsync();
        var playbook = Playbooks.Chain(20);
        await Host.ImportAsync(playbook, owner);
        var longer = playbook.Extend(FilesHost.Naming(await Host.UploadAsync(owner.UserId), Upload).Head.Process);

        await Host.ImportAsync(longer, owner);

        Assert.Equal("GeneCountMatrix", (await Host.ComputeAsync(longer)).Type);
    }

    private protected Task<List<UploadGrantRow>> GrantsAsync() => Host.Get<IModelDatabase>().ReadAsync((context, token) => context.Set<UploadGrantRow>().ToListAsync(token), Cancellation);

    private protected static string IdOf(string url) => DrsUri.Parse(url).Id;

    private static string Escape(string id) => string.Concat(id.Select(character => $"%{(int)character:X2}"));
}
