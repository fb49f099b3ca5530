using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Sqlite;

/// <summary>Columns of a row of <c>recording</c> and how they become a fact again.</summary>
internal static class RecordingRow
{
    /// <summary>The columns in the order the methods here expect.</summary>
    public const string Columns =
        "sequence, version, first, kind, type, a, b, key, origin, record_key, span, valid_from, valid_to, properties";

    /// <summary>Reads the recording a statement stands on.</summary>
    /// <param name="statement">A statement that selects <see cref="Columns"/>.</param>
    /// <param name="session">The session it belongs to.</param>
    /// <exception cref="FormatException">The row contradicts itself or the dictionaries.</exception>
    public static RecordedFact Read(Statement statement, Session session)
    {
        var sequence = statement.Integer(0);
        var version = statement.Integer(1);
        try
        {
            return new RecordedFact(
                ReadFact(statement, session), (ChangeKind)statement.Integer(3), version, session.Versions.RecordedAt(version),
                sequence, statement.NullableInteger(2) ?? sequence);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException or FormatException)
        {
            throw new FormatException($"Recording {sequence} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Milliseconds since 1970; null for the ends of time.</summary>
    public static long? Instant(DateTimeOffset instant) =>
        instant == DateTimeOffset.MinValue || instant == DateTimeOffset.MaxValue ? null : instant.ToUnixTimeMilliseconds();

    /// <summary>A span in one number.</summary>
    public static long? Span(TextSpan? span) => span is { } text ? ((long)text.Start << 32) + text.End : null;

    /// <summary>The record key to store beside a node's key: null where it is what follows the source and a colon.</summary>
    public static string? RecordKey(Provenance provenance, string nodeKey)
    {
        var (source, key) = (provenance.Source, provenance.RecordKey);
        var implied = nodeKey.Length == source.Length + 1 + key.Length && nodeKey[source.Length] == ':'
            && nodeKey.StartsWith(source, StringComparison.Ordinal) && nodeKey.EndsWith(key, StringComparison.Ordinal);
        return implied ? null : key;
    }

    private static Fact ReadFact(Statement statement, Session session)
    {
        var dictionaries = session.Dictionaries;
        var properties = PropertyCodec.Read(statement.Bytes(13), dictionaries);
        var validity = new Validity(
            statement.NullableInteger(11) is { } from ? DateTimeOffset.FromUnixTimeMilliseconds(from) : DateTimeOffset.MinValue,
            statement.NullableInteger(12) is { } to ? DateTimeOffset.FromUnixTimeMilliseconds(to) : DateTimeOffset.MaxValue);
        var a = session.Nodes.IdOf(statement.Integer(5));
        var origin = dictionaries.Origins.ValueOf(statement.Integer(8));
        var recordKey = statement.NullableText(9) ?? a.Key[(origin.Source.Length + 1)..];
        TextSpan? span = statement.NullableInteger(10) is { } packed ? new TextSpan((int)(packed >> 32), (int)packed) : null;
        var provenance = new Provenance(origin.Source, recordKey, origin.Reliability, span);
        if (statement.NullableInteger(6) is not { } b) return new NodeFact(a, properties, validity, provenance);
        var type = dictionaries.Types.ValueOf(statement.Integer(4));
        var key = statement.NullableText(7) ?? "";
        return new RelationshipFact(type.Name, a, session.Nodes.IdOf(b), key, properties, validity, provenance);
    }
}
