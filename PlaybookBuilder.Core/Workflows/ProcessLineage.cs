namespace PlaybookBuilder.Core.Workflows;

/// <summary>Orders a process and all that it stands on.</summary>
internal static class ProcessLineage
{
    /// <summary>Makes a playbook that ends with the wanted process, each process after those whose outputs it takes.</summary>
    public static Playbook ToPlaybook(IEnumerable<Process> processes, Guid wanted)
    {
        var byId = processes.ToDictionary(process => process.Id);
        var steps = new List<Step>(byId.Count);
        var done = new HashSet<Guid>();
        var pending = new Stack<Process>([byId[wanted]]);
        while (pending.TryPeek(out var next))
        {
            var missing = next.Inputs.Select(input => input.ProcessId).Where(id => !done.Contains(id)).ToArray();
            foreach (var id in missing) pending.Push(byId[id]);
            if (missing.Length > 0) continue;

            pending.Pop();
            if (done.Add(next.Id)) steps.Add(new Step(next, steps.Count == 0 ? null : steps[^1].Id));
        }

        return Playbook.Of(steps);
    }
}
