using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Charts;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Intake.Export;

/// <summary>
/// A chart of ownership as statements after the Beneficial Ownership Data Standard 0.4: a person or entity statement for each party, and a
/// relationship statement for each holding and each tie that says for whom a nominee or an arrangement holds. Import reads them back
/// to the same answers on ownership and control.
/// <para>
/// A nominee that is no arrangement holds through an arrangement of nomination of its own, which is how the standard says it: it names nominee
/// and nominators, and the holding is its. An end of a range that is excluded is an exclusive minimum or maximum; a share that nobody states
/// is an interest without one.
/// </para>
/// <para>
/// What the standard has no words for is said in the statements all the same, as annotations of the entity the chart is of, and given as
/// <see cref="Unsaid"/>. The same chart gives the same bytes.
/// </para>
/// </summary>
public sealed class BodsStatements
{
    private const int HexDigits = 32;
    private const string Version = "0.4";

    private static readonly JsonWriterOptions Written = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Snapshot snapshot;
    private readonly OwnershipChart chart;
    private readonly BodsNominations nominations;

    /// <param name="snapshot">What the chart is drawn from.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="lacks">What the chart itself lacks, in sentences; nothing where not given.</param>
    public BodsStatements(Snapshot snapshot, OwnershipChart chart, IEnumerable<string>? lacks = null)
    {
        (this.snapshot, this.chart, nominations) = (snapshot, chart, new BodsNominations(snapshot, chart));
        Unsaid = [.. new BodsUnsaid(snapshot, chart, nominations).Sentences, .. lacks ?? []];
    }

    /// <summary>What is not in the statements or the standard has no words for, in sentences.</summary>
    public ImmutableArray<string> Unsaid { get; }

    /// <summary>Writes the statements; gives their number.</summary>
    public int Write(Stream to)
    {
        using var json = new Utf8JsonWriter(to, Written);
        var count = 0;
        json.WriteStartArray();
        foreach (var party in chart.Parties)
        {
            Statement("entity-or-person", RecordOf(party), snapshot.Nodes.TypeOf(party).Name == "Person" ? "person" : "entity", () => BodsParties.Write(json, snapshot, party, nominations.IsNomination(party)), party == chart.Of);
            count++;
        }

        foreach (var nominee in nominations.Own)
        {
            Statement("nomination", BodsNominations.RecordOf(RecordOf(nominee)), "entity", () => BodsParties.WriteNomination(json));
            count++;
        }

        foreach (var (edge, holder, company) in chart.Holdings)
        {
            var interested = nominations.HoldsThroughOwn(edge, holder) ? BodsNominations.RecordOf(RecordOf(holder)) : RecordOf(holder);
            Statement("holding", Id("holding", interested, RecordOf(company), edge), "relationship", () => Relationship(interested, RecordOf(company), () => BodsHolding.Write(json, snapshot.Relationship("HOLDS"), edge)));
            count++;
        }

        foreach (var (party, subject, type) in nominations.Ties(RecordOf))
        {
            Statement("tie", Id("tie", party, subject, type), "relationship", () => Relationship(party, subject, () => BodsHolding.WriteTie(json, type)));
            count++;
        }

        json.WriteEndArray();
        return count;

        void Statement(string kind, string record, string type, Action details, bool annotated = false)
        {
            json.WriteStartObject();
            json.WriteString("statementId", Id(kind, record, snapshot.Stamp.AsOfDay));
            json.WriteString("declarationSubject", RecordOf(chart.Of));
            json.WriteString("statementDate", Day(snapshot.Stamp.AsOfDay));
            if (annotated && !Unsaid.IsEmpty) Annotations();
            json.WriteStartObject("publicationDetails");
            json.WriteString("publicationDate", Day(DateOnly.FromDateTime(snapshot.Stamp.KnownAt.UtcDateTime)));
            json.WriteString("bodsVersion", Version);
            json.WriteStartObject("publisher");
            json.WriteString("name", "GraphRisk");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("recordId", record);
            json.WriteString("recordType", type);
            json.WriteString("recordStatus", "new");
            json.WriteStartObject("recordDetails");
            json.WriteBoolean("isComponent", false);
            details();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        void Annotations()
        {
            json.WriteStartArray("annotations");
            foreach (var sentence in Unsaid)
            {
                json.WriteStartObject();
                json.WriteString("motivation", "commenting");
                json.WriteString("description", sentence);
                json.WriteString("statementPointerTarget", "/");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        void Relationship(string party, string subject, Action interests)
        {
            json.WriteString("subject", subject);
            json.WriteString("interestedParty", party);
            json.WriteStartArray("interests");
            interests();
            json.WriteEndArray();
        }
    }

    private string RecordOf(int party) => snapshot.Nodes.IdOf(party).ToString();

    private static string Id(params object[] parts) =>
        Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture))))))[..HexDigits];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
