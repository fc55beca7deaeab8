using PlaybookBuilder.Core.Hosting;
using PlaybookBuilder.Core.Playbooks;

namespace PlaybookBuilder.Web.Mail;

/// <summary>Writes to those who asked for it that their work is done. It looks now and then: a signal dies with the program that hears it, and a mail is in no hurry.</summary>
internal sealed class WorkNoticesWorker(WorkNotices notices, MailSender mail, TimeProvider time, ILogger<WorkNoticesWorker> logger) : PeriodicWorker(TimeSpan.FromSeconds(30), time, logger)
{
    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!mail.IsOn) return;

        await foreach (var done in notices.TakeDoneAsync(cancellationToken))
        {
            if (await mail.SendAsync(done.Email, SubjectOf(done), TextOf(done), cancellationToken)) continue;

            await notices.ReturnAsync(done, cancellationToken);
            // The server is away for the others too.
            return;
        }
    }

    private static string SubjectOf(DoneWork done)
    {
        var outcome = done.FailedSteps switch
        {
            0 => "Done",
            1 => "Done, but a step failed",
            var failed => $"Done, but {failed} steps failed",
        };
        return $"{outcome}: {NameOf(done)}";
    }

    private string TextOf(DoneWork done) => $"""
        The steps of "{NameOf(done)}" that you asked for are computed.

        {mail.LinkTo(AppUrls.Graph(done.PlaybookId))}

        You get this mail because your profile says so: {mail.LinkTo(AppUrls.Account)}

        """;

    private static string NameOf(DoneWork done) => done.Title.Length > 0 ? done.Title : "Untitled playbook";
}
