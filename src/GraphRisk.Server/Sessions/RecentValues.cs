using System.Collections.Concurrent;

namespace GraphRisk.Server.Sessions;

/// <summary>
/// Values by key, of which those asked for lately are kept: a full generation becomes the older one, and what nobody asked for in the meantime goes.
/// A hit costs one look-up; what everybody asks for always stays. Thread-safe.
/// </summary>
/// <param name="bound">Values a generation holds; there are two.</param>
internal sealed class RecentValues<T>(int bound)
    where T : class
{
    private readonly Lock gate = new();
    private volatile ConcurrentDictionary<object, T> young = new();
    private volatile ConcurrentDictionary<object, T> old = new();

    /// <summary>The value under a key.</summary>
    /// <param name="key">Compared by value.</param>
    /// <param name="make">Makes it where it is not kept; two who ask at once may both make it, and one value is given to both. Where it throws nothing is kept.</param>
    public T Of(object key, Func<T> make)
    {
        if (young.TryGetValue(key, out var known)) return known;
        var value = old.TryGetValue(key, out var former) ? former : make();
        lock (gate)
        {
            if (young.Count >= bound) (old, young) = (young, new ConcurrentDictionary<object, T>());
            return young.GetOrAdd(key, value);
        }
    }
}
