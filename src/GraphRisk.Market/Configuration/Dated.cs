using System.Collections.Immutable;

namespace GraphRisk.Market.Configuration;

/// <summary>A setting with its history: each value holds from its day, inclusive, until the next one's.</summary>
public sealed class Dated<T>
{
    private readonly ImmutableArray<(DateOnly From, T Value)> values;

    /// <param name="values">Values with the days from which they hold, in any order.</param>
    /// <exception cref="ArgumentException">There is none, or a day occurs twice.</exception>
    public Dated(params IEnumerable<(DateOnly From, T Value)> values)
    {
        this.values = [.. values.OrderBy(row => row.From)];
        if (this.values.IsEmpty) throw new ArgumentException("A setting needs at least one value.", nameof(values));
        for (var i = 1; i < this.values.Length; i++)
            if (this.values[i].From == this.values[i - 1].From)
                throw new ArgumentException($"Two values begin on {this.values[i].From:yyyy-MM-dd}.", nameof(values));
    }

    /// <summary>The value on a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The setting begins later; the message says when.</exception>
    public T On(DateOnly day)
    {
        for (var i = values.Length - 1; i >= 0; i--)
            if (values[i].From <= day) return values[i].Value;
        throw new ArgumentOutOfRangeException(nameof(day), day, $"The setting begins on {values[0].From:yyyy-MM-dd}.");
    }
}

/// <summary>Makes settings.</summary>
public static class Dated
{
    /// <summary>A value that has always held.</summary>
    public static Dated<T> Always<T>(T value) => new((DateOnly.MinValue, value));
}
