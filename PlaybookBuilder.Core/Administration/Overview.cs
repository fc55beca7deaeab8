using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Administration;

/// <summary>The numbers that tell how the deployment does.</summary>
/// <param name="Programs">How many processes live.</param>
/// <param name="Errors">How many errors were logged within the last hour, steps that failed not among them.</param>
/// <param name="FailedSteps">How many steps ended as errors within the last hour.</param>
/// <param name="LostErrors">How many errors the process that answers could not write down.</param>
/// <param name="Users">How many accounts there are, counted up to <see cref="QueueDepth.Most"/>.</param>
/// <param name="OpenSuggestions">How many suggestions wait for a decision, counted up to <see cref="QueueDepth.Most"/>.</param>
/// <param name="Stored">Null while it is being measured.</param>
internal sealed record Overview(QueueDepth Queue, int Programs, int Errors, int FailedSteps, long LostErrors, int Users, int OpenSuggestions, StoredFiles? Stored);
