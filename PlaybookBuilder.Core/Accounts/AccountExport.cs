using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>Everything that is kept of a user, as JSON. It is read page by page, so that its length does not matter.</summary>
internal sealed class AccountExport(IModelDatabase database, Profiles profiles)
{
    private const int Page = 200;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Serializer = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task WriteAsync(Actor actor, Stream stream, CancellationToken cancellationToken)
    {
        var userId = actor.RequireUser(AccessScopes.Read);
        var profile = await profiles.GetAsync(actor, cancellationToken).ConfigureAwait(false);
        // The serializer flushes its writer in every call: into this buffer, not into the network.
        var buffer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        var writer = new Utf8JsonWriter(buffer, Options);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("profile");
            JsonSerializer.Serialize(writer, profile, Serializer);
            await WriteListAsync(buffer, writer, "signIns", context => context.Set<SignInRow>().Where(row => row.UserId == userId).OrderBy(row => row.Provider).ThenBy(row => row.Subject).Select(row => new UserSignIn(row.Provider, row.Subject, row.Email, row.IsEmailVerified, row.Created, row.LastUsed)), cancellationToken).ConfigureAwait(false);
            await WriteListAsync(buffer, writer, "sessions", context => context.Set<UserSessionRow>().Where(row => row.UserId == userId).OrderBy(row => row.Id).Select(row => new UserSession(row.Id, row.Provider, row.Address, row.Browser, row.Created, row.LastSeen)), cancellationToken).ConfigureAwait(false);
            await WriteListAsync(buffer, writer, "tokens", context => context.Set<ApiTokenRow>().Where(row => row.UserId == userId).OrderBy(row => row.Id).Select(row => new { row.Id, row.Name, row.Beginning, Scopes = (int)row.Scopes, row.Created, row.Expires, row.LastUsed }), cancellationToken).ConfigureAwait(false);
            // The key there is for this application alone.
            await WriteListAsync(buffer, writer, "cavatica", context => context.Set<CavaticaAccountRow>().Where(row => row.UserId == userId).OrderBy(row => row.UserId).Select(row => new { row.Name, row.Project, row.Changed }), cancellationToken).ConfigureAwait(false);
            await WriteListAsync(buffer, writer, "playbooks", context => context.Set<SavedPlaybookRow>().Where(row => row.UserId == userId).OrderBy(row => row.Updated).ThenBy(row => row.Id).Select(row => new { row.Id, row.PlaybookId, row.Version, row.Title, row.Description, row.Authors, row.Licence, row.Published, row.Clicks, row.Created, row.Updated, row.Deleted }), cancellationToken).ConfigureAwait(false);
            await WriteListAsync(buffer, writer, "uploads", context => context.Set<UploadRow>().Where(row => row.UserId == userId).OrderBy(row => row.Created).ThenBy(row => row.Id).Select(row => new { row.Id, row.Filename, row.Size, row.Sha256, row.Created }), cancellationToken).ConfigureAwait(false);
            await WriteListAsync(buffer, writer, "suggestions", context => context.Set<SuggestionRow>().Where(row => row.UserId == userId).OrderBy(row => row.Created).ThenBy(row => row.Id).Select(row => new { row.Id, Kind = row.Kind.ToString(), State = row.State.ToString(), row.Name, row.Inputs, row.Output, row.Description, row.PlaybookId, row.Answer, row.Created, row.Decided }), cancellationToken).ConfigureAwait(false);
            writer.WriteEndObject();
        }

        await buffer.CompleteAsync().ConfigureAwait(false);
    }

    private async Task WriteListAsync<T>(PipeWriter buffer, Utf8JsonWriter writer, string name, Func<PlaybookDbContext, IQueryable<T>> query, CancellationToken cancellationToken)
    {
        writer.WriteStartArray(name);
        for (var offset = 0; ; offset += Page)
        {
            var skip = offset;
            var rows = await database.ReadAsync((context, token) => query(context).Skip(skip).Take(Page).ToListAsync(token), cancellationToken).ConfigureAwait(false);
            foreach (var row in rows) JsonSerializer.Serialize(writer, row, Serializer);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            await buffer.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (rows.Count < Page) break;
        }

        writer.WriteEndArray();
    }
}
