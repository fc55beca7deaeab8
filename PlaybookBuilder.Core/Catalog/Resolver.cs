namespace PlaybookBuilder.Core.Catalog;

/// <summary>A process type that needs nothing but its inputs.</summary>
/// <typeparam name="TInputs">A record whose parameters are the arguments; a parameter of type <see cref="IReadOnlyList{T}"/> takes many.</typeparam>
public abstract class Resolver<TInputs, TOutput>() : ProcessType(typeof(TInputs), typeof(TOutput))
    where TInputs : class
    where TOutput : class, IData
{
    /// <exception cref="ProcessFailedException">What the researcher should read: what is wrong with the inputs and what to do.</exception>
    /// <exception cref="TransientException">What may work when tried again.</exception>
    protected abstract Task<TOutput> ResolveAsync(TInputs inputs, Progress progress, CancellationToken cancellationToken);

    protected abstract Story Tell(TInputs? inputs, TOutput? output);

    internal sealed override async Task<object> RunAsync(object? answer, object inputs, Progress progress, CancellationToken cancellationToken) =>
        await ResolveAsync((TInputs)inputs, progress, cancellationToken).ConfigureAwait(false);

    internal sealed override Story TellUntyped(object? answer, object? inputs, object? output) => Tell((TInputs?)inputs, (TOutput?)output);
}
