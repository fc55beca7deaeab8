using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Files;

/// <summary>
/// Results are shared by content, so the bytes of a file must not leak through them: a value that names an upload is accepted from somebody who may read it at that
/// moment, or if the very same value was accepted before. Who knows a playbook can so build on it, and gets no further.
/// </summary>
internal sealed class UploadGrants(IUploadStore uploads)
{
    /// <summary>Looks at everything that a playbook names, in one query, or none where it names nothing.</summary>
    /// <returns>What is to be kept with the playbook.</returns>
    /// <exception cref="WorkflowException">The playbook names an upload that the actor may not read.</exception>
    public async Task<IReadOnlyList<UploadGrant>> RequireAsync(Playbook playbook, Actor actor, CancellationToken cancellationToken)
    {
        UploadGrant[] named = [.. playbook.Steps.Select(step => step.Process.Data).OfType<Datum>().SelectMany(UploadLinks.IdsIn, static (datum, id) => new UploadGrant(datum.Id, id)).Distinct()];
        if (named.Length == 0) return [];

        // What is no upload here stays a link like any other; the step that wants to read it says that the file is not here.
        var found = await uploads.FindNamedAsync(named, cancellationToken).ConfigureAwait(false);
        if (found.FirstOrDefault(upload => !upload.IsGranted && !upload.Upload.IsReadableBy(actor)) is { } refused) throw Refusal(playbook, refused, actor);

        return [.. found.Where(upload => !upload.IsGranted).Select(upload => upload.Grant)];
    }

    // The name of the file is its owner's, so the link has to do.
    private static WorkflowException Refusal(Playbook playbook, NamedUpload refused, Actor actor)
    {
        var step = playbook.Steps.Select((step, index) => (step.Process.Data, index)).First(step => step.Data?.Id == refused.Grant.DataId).index;
        var advice = actor.UserId is null ? "Sign in if it is yours, or upload the file yourself and choose your upload." : "Upload the file yourself and choose your upload.";
        return WorkflowException.NotFound($"The file drs://…/{refused.Upload.Id} that step {step + 1} names is not here, or not yours. {advice}");
    }
}
