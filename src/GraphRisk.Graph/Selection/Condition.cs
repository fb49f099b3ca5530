using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Selection;

/// <summary>Whether something holds, in the logic of SQL: of what is not known or may not be read neither it nor its contrary is said.</summary>
public enum Truth : sbyte
{
    False = -1,
    Unknown = 0,
    True = 1,
}

/// <summary>A condition on rows. A row is selected where it is true.</summary>
public abstract class Condition
{
    private protected Condition()
    {
    }

    /// <summary>Whether it holds of a row.</summary>
    public abstract Truth Of(in Row row);

    /// <summary>All hold; true of every row where there are none.</summary>
    public static Condition All(IReadOnlyList<Condition> parts) => parts.Count == 1 ? parts[0] : new Conjunction([.. parts]);

    /// <summary>One at least holds; false of every row where there are none.</summary>
    public static Condition Any(IReadOnlyList<Condition> parts) => parts.Count == 1 ? parts[0] : new Disjunction([.. parts]);

    /// <summary>The contrary.</summary>
    public static Condition Not(Condition part) => new Negation(part);

    /// <summary>The value is there, or it is not.</summary>
    public static Condition IsNull(Values values, bool isNull) => new NullCheck(values, isNull);

    /// <summary>The value is one of some.</summary>
    public static Condition In(Values values, IReadOnlyList<PropertyValue> given) => values switch
    {
        FixedValues<decimal> numbers => Membership<decimal>.Of(numbers, given),
        FixedValues<long> numbers => Membership<long>.Of(numbers, given),
        FixedValues<int> days => Membership<int>.Of(days, given),
        FixedValues<sbyte> truths => Membership<sbyte>.Of(truths, given),
        FixedValues<byte> names => Membership<byte>.Of(names, given),
        TextValues texts => new TextMembership(texts, given),
        _ => throw new ArgumentException($"{values.Field.Name} is a list.", nameof(values)),
    };

    /// <summary>The value lies between bounds, each of which may be missing; of an enumeration in the order in which it states its names.</summary>
    public static Condition Between(Values values, Bound? lower, Bound? upper) => values switch
    {
        FixedValues<decimal> numbers => new FixedRange<decimal>(numbers, lower, upper),
        FixedValues<long> numbers => new FixedRange<long>(numbers, lower, upper),
        FixedValues<int> days => new FixedRange<int>(days, lower, upper),
        FixedValues<byte> names => new FixedRange<byte>(names, lower, upper),
        _ => new Range(values, lower, upper),
    };

    /// <summary>The text contains, begins with or ends with another.</summary>
    public static Condition Like(TextValues values, TextPlace place, string given) => new TextMatch(values, place, given);

    /// <summary>The list has all, or any, of some texts.</summary>
    public static Condition Has(TextListValues values, IReadOnlyList<string> given, bool all) => new ListMatch(values, [.. given], all);

    /// <summary>The row's node is of one of some types.</summary>
    public static Condition OfType(NodeTable nodes, IEnumerable<int> ordinals) => new TypeCheck(nodes, [.. ordinals]);

    /// <summary>So many relationships of a row's node fulfil a condition.</summary>
    public static Condition Related(RelationshipWalk walk, Condition? inner, Quantity quantity, WorkMeter meter) => new Relation(walk, inner, quantity, meter);

    /// <summary>What a condition on nodes says of the node a relationship leads to, or of the one it is met from.</summary>
    public static Condition OfEnd(Condition part, bool near) => new EndCheck(part, near);

    private sealed class EndCheck(Condition part, bool near) : Condition
    {
        public override Truth Of(in Row row) => part.Of(new Row(near ? row.Near : row.Node));
    }

    private sealed class Conjunction(ImmutableArray<Condition> parts) : Condition
    {
        public override Truth Of(in Row row)
        {
            var least = Truth.True;
            foreach (var part in parts)
            {
                var truth = part.Of(row);
                if (truth == Truth.False) return truth;
                if (truth < least) least = truth;
            }

            return least;
        }
    }

    private sealed class Disjunction(ImmutableArray<Condition> parts) : Condition
    {
        public override Truth Of(in Row row)
        {
            var most = Truth.False;
            foreach (var part in parts)
            {
                var truth = part.Of(row);
                if (truth == Truth.True) return truth;
                if (truth > most) most = truth;
            }

            return most;
        }
    }

    private sealed class Negation(Condition part) : Condition
    {
        public override Truth Of(in Row row) => (Truth)(-(sbyte)part.Of(row));
    }

    private sealed class NullCheck(Values values, bool isNull) : Condition
    {
        public override Truth Of(in Row row) => values.Look(row) switch
        {
            Known.Hidden => Truth.Unknown,
            Known.None => Says(isNull),
            _ => Says(!isNull),
        };
    }

    private sealed class Membership<T>(FixedValues<T> values, T[] few, HashSet<T> given) : Condition
        where T : unmanaged, IEquatable<T>, IComparable<T>
    {
        private const int Few = 4;

        public static Membership<T> Of(FixedValues<T> values, IReadOnlyList<PropertyValue> given)
        {
            var laid = given.Select(values.Lay).ToHashSet();
            return new Membership<T>(values, [.. laid.Take(Few + 1)], laid);
        }

        public override Truth Of(in Row row)
        {
            if (values.Read(row, out var value) != Known.Value) return Truth.Unknown;
            if (few.Length > Few) return Says(given.Contains(value));
            foreach (var one in few)
                if (one.Equals(value)) return Truth.True;
            return Truth.False;
        }
    }

    private sealed class FixedRange<T>(FixedValues<T> values, Bound? lower, Bound? upper) : Condition
        where T : unmanaged, IEquatable<T>, IComparable<T>
    {
        // The order of a value to an end that still lies within: at least 0, or above it, to the lower; at most 0, or below it, to the upper.
        private readonly (bool IsGiven, T End, int Least) low = lower is { } from ? (true, values.Lay(from.Value), from.IsInclusive ? 0 : 1) : default;
        private readonly (bool IsGiven, T End, int Most) high = upper is { } to ? (true, values.Lay(to.Value), to.IsInclusive ? 0 : -1) : default;

        public override Truth Of(in Row row)
        {
            if (values.Read(row, out var value) != Known.Value) return Truth.Unknown;
            if (low.IsGiven && Math.Sign(value.CompareTo(low.End)) < low.Least) return Truth.False;
            return Says(!high.IsGiven || Math.Sign(value.CompareTo(high.End)) <= high.Most);
        }
    }

    private sealed class TextMembership(TextValues values, IReadOnlyList<PropertyValue> given) : Condition
    {
        private readonly HashSet<string> texts = given.Select(value => value.AsString()).ToHashSet(StringComparer.Ordinal);
        private readonly byte[][] bytes = [.. given.Select(value => System.Text.Encoding.UTF8.GetBytes(value.AsString()))];

        public override Truth Of(in Row row)
        {
            if (values.Read(row, out var text) != Known.Value) return Truth.Unknown;
            if (bytes.Length > 8) return Says(texts.Contains(System.Text.Encoding.UTF8.GetString(text)));
            foreach (var one in bytes)
                if (text.SequenceEqual(one)) return Truth.True;
            return Truth.False;
        }
    }

    private sealed class Range(Values values, Bound? lower, Bound? upper) : Condition
    {
        public override Truth Of(in Row row)
        {
            if (values.Look(row) != Known.Value) return Truth.Unknown;
            if (lower is { } low && values.Compare(row, low.Value) is var above && (above < 0 || (above == 0 && !low.IsInclusive))) return Truth.False;
            if (upper is { } high && values.Compare(row, high.Value) is var below && (below > 0 || (below == 0 && !high.IsInclusive))) return Truth.False;
            return Truth.True;
        }
    }

    private sealed class TextMatch(TextValues values, TextPlace place, string given) : Condition
    {
        private readonly byte[] wanted = System.Text.Encoding.UTF8.GetBytes(given);

        public override Truth Of(in Row row) => values.Read(row, out var text) != Known.Value ? Truth.Unknown : Says(place switch
        {
            TextPlace.Beginning => text.StartsWith(wanted),
            TextPlace.End => text.EndsWith(wanted),
            _ => text.IndexOf(wanted) >= 0,
        });
    }

    private sealed class ListMatch(TextListValues values, ImmutableArray<string> given, bool all) : Condition
    {
        public override Truth Of(in Row row)
        {
            var known = values.Read(row, out var texts);
            if (known != Known.Value) return known == Known.None && given.Length > 0 ? Truth.False : Truth.Unknown;
            return Says(all ? given.All(one => texts.Contains(one, StringComparer.Ordinal)) : given.Any(one => texts.Contains(one, StringComparer.Ordinal)));
        }
    }

    private sealed class TypeCheck(NodeTable nodes, ImmutableArray<int> ordinals) : Condition
    {
        public override Truth Of(in Row row) => Says(ordinals.Contains(nodes.TypeOf(row.Node).Ordinal));
    }

    private sealed class Relation(RelationshipWalk walk, Condition? inner, Quantity quantity, WorkMeter meter) : Condition
    {
        public override Truth Of(in Row row)
        {
            if (!walk.IsOpen(row.Node)) return Truth.Unknown;
            var (start, end) = walk.Range(row.Node);
            meter.ChargeNode(end - start);
            if (inner is null) return Says(quantity.Holds(end - start, end - start));
            var count = 0;
            for (var place = start; place < end; place++)
            {
                if (inner.Of(walk.At(row.Node, place)) == Truth.True) count++;
                if (quantity.IsDecided(count, place - start + 1 - count)) break;
            }

            return Says(quantity.Holds(count, end - start));
        }
    }

    private static Truth Says(bool holds) => holds ? Truth.True : Truth.False;
}

/// <summary>An end of a range.</summary>
/// <param name="Value">The end.</param>
/// <param name="IsInclusive">It belongs to the range.</param>
public readonly record struct Bound(PropertyValue Value, bool IsInclusive);

/// <summary>Where in a text another stands.</summary>
public enum TextPlace
{
    Anywhere,
    Beginning,
    End,
}
