namespace PlaybookBuilder.Core.Catalog;

/// <summary>A process type that needs the user's answer besides its inputs.</summary>
/// <typeparam name="TAnswer">The record that the answer is read into.</typeparam>
/// <typeparam name="TInputs">A record whose parameters are the arguments; a parameter of type <see cref="IReadOnlyList{T}"/> takes many.</typeparam>
public abstract class Prompt<TAnswer, TInputs, TOutput>() : ProcessType(typeof(TInputs), typeof(TOutput))
    where TAnswer : class
    where TInputs : class
    where TOutput : class, IData
{
    public sealed override Type AnswerType => typeof(TAnswer);

    /// <summary>The answer that stands there before anybody gives one; null where the user must choose.</summary>
    public virtual TAnswer? DefaultAnswer => null;

    /// <summary>What keeps an answer from being taken that fits its record, as a sentence that says what to do; null when nothing does. Whatever brought it, it is refused before it is kept; one that was kept earlier fails.</summary>
    protected virtual string? ProblemOf(TAnswer answer) => null;

    /// <exception cref="ProcessFailedException">What the researcher should read: what is wrong and what to do.</exception>
    /// <exception cref="TransientException">What may work when tried again.</exception>
    protected abstract Task<TOutput> ResolveAsync(TAnswer answer, TInputs inputs, Progress progress, CancellationToken cancellationToken);

    protected abstract Story Tell(TAnswer? answer, TInputs? inputs, TOutput? output);

    internal sealed override string? ProblemOfAnswer(object answer) => ProblemOf((TAnswer)answer);

    internal sealed override async Task<object> RunAsync(object? answer, object inputs, Progress progress, CancellationToken cancellationToken) =>
        ProblemOf((TAnswer)answer!) is { } problem ? throw new ProcessFailedException(problem) : await ResolveAsync((TAnswer)answer!, (TInputs)inputs, progress, cancellationToken).ConfigureAwait(false);

    internal sealed override Story TellUntyped(object? answer, object? inputs, object? output) => Tell((TAnswer?)answer, (TInputs?)inputs, (TOutput?)output);
}
