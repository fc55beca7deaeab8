using System.Text.Json.Serialization;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>A name and its score.</summary>
public sealed record ScoredTerm(string Term, [property: JsonPropertyName("zscore")] ZScore ZScore);
