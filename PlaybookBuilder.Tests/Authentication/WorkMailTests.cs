using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Mail;

namespace PlaybookBuilder.Tests.Authentication;

/// <summary>Mail about work that is done, by a real mail server.</summary>
public sealed class WorkMailTests(OutsideWorld world) : IClassFixture<OutsideWorld>
{
    private const string Title = "Größe of\r\nBcc: x@example.org";

    [Fact]
    public async Task Mail_WhenWorkIsDone_LeadsToThePlaybook()
    {
        await using var server = new SignInServer(("EMAIL_SERVER", world.MailServer), ("EMAIL_FROM", "Lab <lab@example.org>"), ("PUBLIC_URL", "https://playbooks.example.org"));
        var playbook = await RememberAsync(server, "work@example.org");

        await WorkerOf(server).RunOnceAsync(TestContext.Current.CancellationToken);
        await WorkerOf(server).RunOnceAsync(TestContext.Current.CancellationToken);

        var mail = Assert.Single(await world.MailsToAsync("work@example.org"));
        var text = mail["text"]!.GetValue<string>();
        Assert.Contains("=?utf-8?", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nBcc:", text, StringComparison.Ordinal);
        Assert.Contains($"https://playbooks.example.org/graph/{playbook}", text.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(await world.MailsToAsync("x@example.org"));
    }

    [Fact]
    public async Task Mail_WhileTheServerIsAway_IsKeptForLater()
    {
        await using var server = new SignInServer(("EMAIL_SERVER", "smtp://localhost:9"), ("EMAIL_FROM", "Lab <lab@example.org>"), ("PUBLIC_URL", "https://playbooks.example.org"));
        await RememberAsync(server, "later@example.org");

        await WorkerOf(server).RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, await server.Services.GetRequiredService<IModelDatabase>().ReadAsync((context, token) => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.CountAsync(context.Set<WorkNoticeRow>(), token), TestContext.Current.CancellationToken));
    }

    private static WorkNoticesWorker WorkerOf(SignInServer server) => server.Services.GetServices<IHostedService>().OfType<WorkNoticesWorker>().Single();

    /// <summary>Computes a playbook for which a user asked two minutes ago.</summary>
    private static async Task<Guid> RememberAsync(SignInServer server, string email)
    {
        _ = server.Address;
        var (services, cancellation) = (server.Services, TestContext.Current.CancellationToken);
        var user = (await services.GetRequiredService<SignIns>().EnterAsync(Identity.OfEmail(email), new Visit("", ""), cancellation))!.Value;
        await services.GetRequiredService<Profiles>().ChangeAsync(new Actor(user), new ProfileChange(WantsMail: true), cancellation);
        var playbook = Playbook.Empty.Extend(new Process("Input[Gene]", Datum.OfJson("Term[Gene]", "\"ACE2\""))).WithMetadata(new PlaybookMetadata { Title = Title });
        var engine = services.GetRequiredService<PlaybookEngine>();
        await engine.ImportAsync(playbook, Actor.Anonymous, cancellation);
        await engine.WaitAsync(playbook, Demand.Anonymous, cancellation).WaitAsync(EngineHost.Patience, cancellation);
        await services.GetRequiredService<IModelDatabase>().WriteAsync(
            (context, token) =>
            {
                context.Add(new WorkNoticeRow { UserId = user, PlaybookId = playbook.Id, Asked = DateTimeOffset.UtcNow.AddMinutes(-2) });
                return context.SaveChangesAsync(token);
            },
            cancellation);
        return playbook.Id;
    }
}
