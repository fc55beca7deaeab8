using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Finds the form in which a prompt is answered.</summary>
public sealed class FormRegistry
{
    private readonly TypeMatches _forms = TypeMatches.OfAttribute<ServesAttribute>(typeof(FormRegistry).Assembly, attribute => attribute.Served);

    /// <returns>The type of a <see cref="PromptForm"/>; null when there is none.</returns>
    public Type? Find(ProcessType prompt) => _forms.Find(prompt.GetType()) ?? (prompt.AnswerType is { } answer ? _forms.Find(answer) : null);
}
