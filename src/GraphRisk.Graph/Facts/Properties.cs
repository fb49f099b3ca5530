using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace GraphRisk.Graph.Facts;

/// <summary>A field's name with its value.</summary>
public readonly record struct Property(string Name, PropertyValue Value);

/// <summary>The properties of a fact: immutable, ordered by name (ordinal), each name once, compared by content.</summary>
public sealed class Properties : IReadOnlyList<Property>, IEquatable<Properties>
{
    private readonly Property[] items;

    private Properties(Property[] items) => this.items = items;

    /// <summary>No properties.</summary>
    public static Properties None { get; } = new([]);

    public int Count => items.Length;

    public Property this[int index] => items[index];

    /// <summary>The properties given, in any order.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public static Properties Of(params IEnumerable<Property> properties)
    {
        var items = properties.ToArray();
        if (items.Length == 0) return None;
        Array.Sort(items, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        for (var i = 1; i < items.Length; i++)
            if (items[i].Name == items[i - 1].Name)
                throw new ArgumentException($"'{items[i].Name}' is given twice.", nameof(properties));
        return new Properties(items);
    }

    /// <summary>The properties given as names and values, in any order.</summary>
    public static Properties Of(params ReadOnlySpan<(string Name, PropertyValue Value)> properties)
    {
        var items = new List<Property>(properties.Length);
        foreach (var (name, value) in properties) items.Add(new Property(name, value));
        return Of(items);
    }

    /// <summary>The properties given, already in order of their names; the array must not be changed afterwards.</summary>
    /// <exception cref="ArgumentException">The names are not in ascending order.</exception>
    public static Properties OfOrdered(Property[] items)
    {
        for (var i = 1; i < items.Length; i++)
            if (string.CompareOrdinal(items[i - 1].Name, items[i].Name) >= 0)
                throw new ArgumentException($"'{items[i].Name}' does not come after '{items[i - 1].Name}'.", nameof(items));
        return items.Length == 0 ? None : new Properties(items);
    }

    /// <summary>Finds a value by name.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out PropertyValue value)
    {
        int low = 0, high = items.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(items[middle].Name, name);
            if (order == 0)
            {
                value = items[middle].Value;
                return true;
            }

            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        value = default;
        return false;
    }

    public bool Equals(Properties? other) => other is not null && items.AsSpan().SequenceEqual(other.items);

    public override bool Equals(object? obj) => Equals(obj as Properties);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in items) hash.Add(item);
        return hash.ToHashCode();
    }

    public IEnumerator<Property> GetEnumerator() => ((IEnumerable<Property>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(", ", items.Select(item => $"{item.Name}: {item.Value}"));
}
