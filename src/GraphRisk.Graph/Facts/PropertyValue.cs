using System.Collections.Immutable;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Facts;

/// <summary>A value of a field. Enumerations are held as their names; equality is by kind and content.</summary>
public readonly struct PropertyValue : IEquatable<PropertyValue>
{
    private readonly object content;

    private PropertyValue(FieldKind kind, object content)
    {
        Kind = kind;
        this.content = content;
    }

    /// <summary>Kind of the value.</summary>
    public FieldKind Kind { get; }

    public static PropertyValue Of(string text) => new(FieldKind.String, text);

    public static PropertyValue Of(long number) => new(FieldKind.Integer, number);

    public static PropertyValue Of(decimal number) => new(FieldKind.Decimal, number);

    public static PropertyValue Of(bool truth) => new(FieldKind.Boolean, truth);

    public static PropertyValue Of(DateOnly day) => new(FieldKind.Date, day);

    /// <summary>An instant, cut to the millisecond and turned to UTC.</summary>
    public static PropertyValue Of(DateTimeOffset instant) =>
        new(FieldKind.DateTime, DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds()));

    /// <summary>A list of texts; later duplicates are dropped.</summary>
    public static PropertyValue Of(IEnumerable<string> texts) =>
        new(FieldKind.StringList, texts.Distinct(StringComparer.Ordinal).ToImmutableArray());

    /// <summary>A name of an enumeration.</summary>
    public static PropertyValue OfEnum(string name) => new(FieldKind.Enum, name);

    /// <summary>The text, or the name of an enumeration.</summary>
    public string AsString() => (string)content;

    public long AsInteger() => (long)content;

    public decimal AsDecimal() => (decimal)content;

    public bool AsBoolean() => (bool)content;

    public DateOnly AsDate() => (DateOnly)content;

    public DateTimeOffset AsDateTime() => (DateTimeOffset)content;

    public ImmutableArray<string> AsStrings() => (ImmutableArray<string>)content;

    /// <summary>The value as an object: string, long, decimal, bool, DateOnly, DateTimeOffset or ImmutableArray of string.</summary>
    public object AsObject() => content;

    public bool Equals(PropertyValue other)
    {
        if (Kind != other.Kind) return false;
        return Kind == FieldKind.StringList
            ? AsStrings().AsSpan().SequenceEqual(other.AsStrings().AsSpan())
            : Equals(content, other.content);
    }

    public override bool Equals(object? obj) => obj is PropertyValue other && Equals(other);

    public override int GetHashCode()
    {
        if (Kind != FieldKind.StringList) return HashCode.Combine(Kind, content);
        var hash = new HashCode();
        foreach (var text in AsStrings()) hash.Add(text, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    public static bool operator ==(PropertyValue left, PropertyValue right) => left.Equals(right);

    public static bool operator !=(PropertyValue left, PropertyValue right) => !left.Equals(right);

    public override string ToString() => Kind == FieldKind.StringList ? string.Join(", ", AsStrings()) : PropertyText.Of(this);
}
