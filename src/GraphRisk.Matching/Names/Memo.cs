using System.Collections.Concurrent;

namespace GraphRisk.Matching.Names;

/// <summary>
/// Remembers a pure function's answers up to a bound; past it the function is simply called. Transliteration costs
/// some 80 microseconds a name, and the same names come again and again. Thread-safe.
/// </summary>
/// <param name="function">A pure function; called under a lock, since ICU's transliterators share state.</param>
/// <param name="bound">Answers kept at most.</param>
internal sealed class Memo(Func<string, string> function, int bound)
{
    private readonly ConcurrentDictionary<string, string> answers = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public string Of(string text)
    {
        if (answers.TryGetValue(text, out var known)) return known;
        string answer;
        lock (gate) answer = function(text);
        if (answers.Count < bound) answers.TryAdd(text, answer);
        return answer;
    }
}
