using System.Collections.Concurrent;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>What the database said of a key, for some seconds: pages ask for many things at once, and who was shut out is out soon after.</summary>
internal sealed class RecentAnswers<T>(TimeProvider time)
    where T : class
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (T Value, DateTimeOffset Until)> _answers = new();

    public T? Find(string key) => _answers.TryGetValue(key, out var answer) && time.GetUtcNow() < answer.Until ? answer.Value : null;

    public void Keep(string key, T value)
    {
        if (_answers.Count >= Most) _answers.Clear();
        _answers[key] = (value, time.GetUtcNow() + Lifetime);
    }

    public void Forget() => _answers.Clear();
}
