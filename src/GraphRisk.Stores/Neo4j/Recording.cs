using System.Globalization;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// One recording as it stands in Neo4j. What analysts read is native properties of node or relationship; what the store
/// reads back is kept beside them under names with an underscore: exact content as canonical JSON, since Neo4j has no
/// decimals, validity in milliseconds, provenance, sequence numbers.
/// </summary>
/// <param name="Fact">Id of the fact, 32 hexadecimal digits.</param>
/// <param name="Sequence">Position among all recordings.</param>
/// <param name="First">Position of the first recording of the fact.</param>
/// <param name="Version">Version that recorded it.</param>
/// <param name="From">Start of validity, milliseconds since 1970; the smallest number where it always held.</param>
/// <param name="To">End of validity; the greatest number where none is known.</param>
/// <param name="Source">Data set.</param>
/// <param name="Record">Key of the record.</param>
/// <param name="Reliability">Reliability, canonical text.</param>
/// <param name="Span">Span of text as <c>start-end</c>, or null.</param>
/// <param name="Json">Properties, canonical JSON.</param>
internal sealed record Recording(
    string Fact, long Sequence, long First, long Version, long From, long To, string Source, string Record, string Reliability,
    string? Span, string Json)
{
    /// <summary>Number of columns that every reading statement gives first.</summary>
    public const int Columns = 11;

    /// <summary>The recording of a fact.</summary>
    public static Recording Of(Fact fact, FactId id, long sequence, long first, long version) => new(
        id.ToString(), sequence, first, version, Milliseconds(fact.Validity.From), Milliseconds(fact.Validity.To),
        fact.Provenance.Source, fact.Provenance.RecordKey, PropertyText.Of(PropertyValue.Of(fact.Provenance.Reliability)),
        fact.Provenance.Span is { } span ? FormattableString.Invariant($"{span.Start}-{span.End}") : null,
        Encoding.UTF8.GetString(FactJson.Write(fact.Properties)));

    /// <summary>The first columns of a row.</summary>
    public static Recording Read(ReadOnlySpan<object?> row) => new(
        (string)row[0]!, (long)row[1]!, (long)row[2]!, (long)row[3]!, (long)row[4]!, (long)row[5]!, (string)row[6]!, (string)row[7]!,
        (string)row[8]!, (string?)row[9], (string)row[10]!);

    /// <summary>Whether another recording of the same fact says the same.</summary>
    public bool SaysTheSameAs(Recording other) =>
        To == other.To && Record == other.Record && Reliability == other.Reliability && Span == other.Span && Json == other.Json;

    /// <summary>The properties under which it is stored.</summary>
    public Dictionary<string, object?> ToMap() => new(16, StringComparer.Ordinal)
    {
        ["_fact"] = Fact, ["_seq"] = Sequence, ["_first"] = First, ["_version"] = Version, ["_from"] = From, ["_to"] = To,
        ["_source"] = Source, ["_record"] = Record, ["_reliability"] = Reliability, ["_span"] = Span, ["_json"] = Json,
    };

    /// <summary>The fact, given what it is about.</summary>
    public Fact ToFact(SchemaCatalog catalog, Element element)
    {
        var validity = new Validity(Instant(From), Instant(To));
        var provenance = new Provenance(Source, Record, decimal.Parse(Reliability, CultureInfo.InvariantCulture), ReadSpan());
        return element switch
        {
            { Relationship: { } relationship } => new RelationshipFact(
                relationship, element.Start, element.End, element.Key,
                FactJson.Read(catalog.Relationship(relationship), Encoding.UTF8.GetBytes(Json)), validity, provenance),
            _ => new NodeFact(element.Start, FactJson.Read(catalog.Node(element.Start.Type), Encoding.UTF8.GetBytes(Json)), validity, provenance),
        };
    }

    /// <summary>An instant as milliseconds since 1970.</summary>
    public static long Milliseconds(DateTimeOffset instant) =>
        instant == DateTimeOffset.MinValue ? long.MinValue
        : instant == DateTimeOffset.MaxValue ? long.MaxValue
        : instant.ToUnixTimeMilliseconds();

    /// <summary>An instant from milliseconds since 1970.</summary>
    public static DateTimeOffset Instant(long milliseconds) => milliseconds switch
    {
        long.MinValue => DateTimeOffset.MinValue,
        long.MaxValue => DateTimeOffset.MaxValue,
        _ => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
    };

    private TextSpan? ReadSpan()
    {
        if (Span is null) return null;
        var dash = Span.IndexOf('-', 1);
        return new TextSpan(
            int.Parse(Span.AsSpan(0, dash), CultureInfo.InvariantCulture), int.Parse(Span.AsSpan(dash + 1), CultureInfo.InvariantCulture));
    }
}
