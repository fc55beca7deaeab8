using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Statistics;

/// <summary>A normalized matrix and the genes that were left out of it.</summary>
/// <param name="Matrix">The genes that remain, in their order.</param>
/// <param name="GenesWithMissingValues">How many genes were dropped because a value is missing or not finite.</param>
/// <param name="ConstantGenes">How many genes were dropped because all samples have the same value.</param>
public sealed record NormalizedMatrix(Matrix Matrix, int GenesWithMissingValues, int ConstantGenes);
