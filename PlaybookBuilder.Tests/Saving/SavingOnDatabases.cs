using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Tests.Database.Postgres.Plans;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Saving;

public sealed class SqliteSavingConformance : SavingConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresSavingConformance(PostgresServer server) : SavingConformance
{
    private string _url = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clean_WhileAnotherProgramIsAtIt_LeavesItToThat()
    {
        var user = await Host.NewUserAsync();
        var saved = await Host.Saved.SaveAsync(user, Playbooks.Chain(1), null, Cancellation);
        await Host.Saved.DeleteAsync(user, saved.Id, Cancellation);
        Host.Time.Advance(TimeSpan.FromDays(31));
        await using var other = new Npgsql.NpgsqlConnection(PostgresUrl.ToSingle(_url));
        await other.OpenAsync(Cancellation);
        await other.RunAsync($"SELECT pg_advisory_lock({PostgresLocks.DeletedPlaybooks})", Cancellation);

        Assert.Equal(0, await Host.Cleaning.RunAsync(Cancellation));
        await other.RunAsync($"SELECT pg_advisory_unlock({PostgresLocks.DeletedPlaybooks})", Cancellation);
        Assert.Equal(1, await Host.Cleaning.RunAsync(Cancellation));
    }

    [Fact]
    public async Task Everything_AmongMany_ReadsNoTableWhole()
    {
        var (user, admin) = (await Host.NewUserAsync(), SavingHost.Local);
        var saved = await Host.Saved.SaveAsync(user, await Host.ComputeAsync(Playbooks.Chain(2)), null, Cancellation);
        await FillAsync();
        using var statements = new HeardStatements(_url, "saved_playbook", "suggestion");
        await DoEverythingAsync(user, admin, saved.Id);

        await using var check = await PlanCheck.AsTheProductAsync(_url, Cancellation);
        Assert.Superset(new HashSet<string> { "saved_playbook", "saved_playbook_term", "saved_playbook_version", "saved_playbook_click", "suggestion" }, check.Large.ToHashSet());
        Assert.NotEmpty(statements.All);
        var faults = new List<string>();
        foreach (var statement in statements.All.Where(statement => statement.IsPlanned)) faults.AddRange(await check.FindFaultsAsync(statement, Cancellation));
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    private async Task DoEverythingAsync(Actor user, Actor admin, Guid id)
    {
        foreach (var words in new[] { "", "liver", "liver w19" })
        {
            foreach (var order in Enum.GetValues<PublishedOrder>()) await Host.Published.SearchAsync(new PublishedQuery { Words = words, Order = order, IsCurated = false, Choices = [new(PlaybookFacet.Tag, "tag 1"), new(PlaybookFacet.Input, "Input 1")] }, Cancellation);
        }

        await Host.Saved.ListAsync(user, false, 10, 20, Cancellation);
        await Host.Saved.ListAsync(user, true, 0, 20, Cancellation);
        await Host.Saved.FindAsync(user, Guid.NewGuid(), Cancellation);
        await Host.Publishing.PublishAsync(user, id, new Publication("Mine", "", "Ada", "MIT"), Cancellation);
        await Host.Saved.ListVersionsAsync(user, id, 100, 20, Cancellation);
        await Host.Saved.RestoreAsync(user, id, 1, Cancellation);
        await Host.Saved.TagAsync(user, id, ["tag"], Cancellation);
        await Host.Publishing.CurateAsync(admin, id, true, "", Cancellation);
        await Host.Clicks.OpenAsync(admin, id, "", Cancellation);
        await Host.Saved.DeleteAsync(user, id, Cancellation);
        await Host.Cleaning.RunAsync(Cancellation);
        var suggestion = await Host.Suggestions.AddAsync(user, new NewSuggestion(SuggestionSubject.Component, "x", [], "", "x"), Cancellation);
        await Host.Suggestions.ListOwnAsync(user, 0, 20, Cancellation);
        await Host.Decisions.ListAsync(admin, SuggestionState.Open, new PageRequest(), Cancellation);
        await Host.Decisions.AcceptAsync(admin, suggestion.Id, "", "", Cancellation);
        await Host.Suggestions.ListPlannedAsync(Cancellation);
        await Host.Suggestions.DeleteAsync(user, suggestion.Id, Cancellation);
    }

    private async Task FillAsync()
    {
        await using var connection = new Npgsql.NpgsqlConnection(PostgresUrl.ToSingle(_url));
        await connection.OpenAsync(Cancellation);
        // Without looking at foreign keys row by row.
        await connection.RunAsync("""
            SET session_replication_role = replica;
            INSERT INTO saved_playbook (id, user_id, playbook_id, version, title, description, authors, licence, published, is_curated, clicks, created, updated, deleted)
              SELECT md5('saved' || i)::uuid, md5('user' || i % 300)::uuid, md5('playbook' || i)::uuid, 1, 'Liver w' || i, '', 'Ada', 'MIT', CASE WHEN i % 10 > 0 THEN now() END, i % 100 = 1, i % 1000, now(), now() - i * interval '1 second',
                CASE WHEN i % 50 = 0 THEN now() END FROM generate_series(1, 12000) AS row (i);
            INSERT INTO saved_playbook_term SELECT md5('saved' || i)::uuid, kind, value FROM generate_series(1, 12000) AS row (i),
              LATERAL (VALUES (0, ''), (0, 'liver'), (0, 'w' || i), (1, 'tag ' || i % 5), (2, 'Input ' || i % 7), (3, 'Output ' || i % 3)) AS term (kind, value) WHERE kind > 0 OR i % 10 > 0;
            INSERT INTO saved_playbook_version SELECT md5('saved' || i)::uuid, 1, md5('playbook' || i)::uuid, 'Liver', now() FROM generate_series(1, 12000) AS row (i);
            INSERT INTO saved_playbook_click SELECT md5('saved' || i)::uuid, i % 300 + 29000, md5(i::text) FROM generate_series(1, 12000) AS row (i);
            INSERT INTO suggestion SELECT md5('suggestion' || i)::uuid, md5('user' || i % 300)::uuid, i % 2, 1 + i % 2, 'x', '', '', 'x', NULL, '', now() - i * interval '1 second', now() FROM generate_series(1, 12000) AS row (i)
            """, Cancellation);
        await connection.RunAsync("VACUUM ANALYZE", Cancellation);
    }

    private protected override async Task<string> OpenAsync() => _url = await server.NewDatabaseAsync();
}
