using System.Collections.Immutable;
using System.Globalization;

namespace PlaybookBuilder.Core.Workflows;

/// <summary>One configured call: a process type, the answer to its prompt if it has one, and the processes whose outputs it takes.</summary>
public sealed class Process
{
    /// <exception cref="WorkflowException">An input is given twice, or a text has no canonical form.</exception>
    public Process(string type, Datum? data = null, IEnumerable<ProcessInput>? inputs = null, DateTimeOffset? timestamp = null)
    {
        Type = type;
        Data = data;
        Inputs = inputs is null ? [] : [.. inputs.Order(Comparer<ProcessInput>.Create(ProcessInput.Compare))];
        Timestamp = timestamp is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()) : null;
        for (var i = 1; i < Inputs.Length; i++)
        {
            if (ProcessInput.Compare(Inputs[i - 1], Inputs[i]) == 0) throw WorkflowException.Invalid($"The input '{Inputs[i].Key}' of {type} is given twice.");
        }

        Id = Identity();
    }

    public Guid Id { get; }

    /// <summary>The spec of the process type.</summary>
    public string Type { get; }

    public Datum? Data { get; }

    /// <summary>Ordered by name and, within an array argument, by number.</summary>
    public ImmutableArray<ProcessInput> Inputs { get; }

    /// <summary>When the result that a saved playbook shows was made; null for a process whose result is shared and current. In UTC, to the millisecond.</summary>
    public DateTimeOffset? Timestamp { get; }

    private Guid Identity()
    {
        var inputs = new CanonicalArray();
        foreach (var input in Inputs)
        {
            inputs.AddCanonical(new CanonicalArray().Add(input.Key).Add(input.ProcessId).ToString());
        }

        return new CanonicalArray()
            .Add(Type)
            .Add(Data?.Id)
            .AddCanonical(inputs.ToString())
            .Add(Timestamp?.ToString("O", CultureInfo.InvariantCulture))
            .ToId();
    }
}
