using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>A value that somebody states.</summary>
/// <param name="Text">The value in its canonical text; of a range its ends, as <c>0.25 to 0.5</c>.</param>
/// <param name="Value">The value itself; null where only a range is stated.</param>
/// <param name="Recorded">The fact that states it.</param>
public readonly record struct StatedValue(string Text, PropertyValue? Value, RecordedFact Recorded);

/// <summary>A field of which sources of equal reliability state different values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Believed">What the snapshot shows.</param>
/// <param name="Others">What stands against it, one value for each source, in the order of their first recording.</param>
public sealed record Disagreement(Field Field, StatedValue Believed, ImmutableArray<StatedValue> Others);

/// <summary>
/// Where sources contradict each other. A snapshot believes, of several statements, the most reliable source, then the latest;
/// between sources of one reliability that order only breaks a tie, and the value that lost it may as well be right. So it is
/// told, with who says it.
/// <para>
/// Each source speaks once about each record: by its own latest statement, whatever parts it is delivered in. Figures of a
/// series or of a period contradict each other only where they speak of one day or one period. Lists are joined and so never
/// contradict; an enumeration's <c>UNKNOWN</c> says nothing; texts that differ in width, capitals or white space are one. Of
/// parts of a whole that are stated by bounds, those contradict each other that have no number in common, of equally reliable
/// sources even where one states a number and the other a range.
/// </para>
/// Only facts that are given count: who may know less is given less.
/// </summary>
public static class Disagreements
{
    private const string Unknown = "UNKNOWN";

    /// <summary>The fields of a node on which facts about it disagree, in the order of the schema.</summary>
    /// <param name="snapshot">What is believed.</param>
    /// <param name="node">The node.</param>
    /// <param name="facts">Facts about its records, those the snapshot covers, in the order of their first recording.</param>
    public static IEnumerable<Disagreement> OfNode(Snapshot snapshot, int node, IReadOnlyList<RecordedFact> facts)
    {
        var type = snapshot.Nodes.TypeOf(node);
        var holding = facts.Where(recorded => recorded.Fact is NodeFact && recorded.Fact.Validity.Contains(snapshot.Stamp.AsOf)).ToList();
        if (holding.Select(recorded => SpeakerOf(recorded.Fact)).Distinct().Take(2).Count() < 2) yield break;
        foreach (var field in type.Fields.Where(field => field.Kind != FieldKind.StringList && !type.Fields.Any(figure => figure.Period == field.Name)))
        {
            if (snapshot.Nodes.Get(node, field.Name) is not { } shown) continue;
            var said = Said(holding, type, field).ToList();
            if (said.Count < 2) continue;
            var highest = said.Max(one => one.Rank);
            if (said.FindLastIndex(one => one.Rank == highest && one.Value.Equals(shown)) is not (>= 0 and var at)) continue;
            var believed = said[at];
            var others = said.Where(one => one.Speaker != believed.Speaker && AreComparable(field, one.Rank, believed.Rank) && !AreOne(one.Value, believed.Value)).ToList();
            if (others.Count > 0) yield return new Disagreement(field, ToStated(believed.Value, believed.Recorded), [.. others.Select(one => ToStated(one.Value, one.Recorded))]);
        }
    }

    /// <summary>The fields of the relationships of a type between two nodes on which facts about them disagree, in the order of the schema.</summary>
    /// <param name="type">Type of the relationships.</param>
    /// <param name="asOf">When they hold.</param>
    /// <param name="shown">The value the snapshot shows of a field.</param>
    /// <param name="facts">Facts about relationships of the type between the two, those the snapshot covers, in the order of their first recording.</param>
    public static IEnumerable<Disagreement> OfRelationship(
        RelationshipType type, DateTimeOffset asOf, Func<Field, PropertyValue?> shown, IReadOnlyList<RecordedFact> facts)
    {
        if (type.Parallel == Parallels.Events) yield break;
        var sources = facts.Where(recorded => recorded.Fact is RelationshipFact && recorded.Fact.Validity.Contains(asOf))
            .GroupBy(recorded => SourceOf(recorded.Fact), StringComparer.Ordinal).Select(group => LatestOf([.. group])).ToList();
        if (sources.Count < 2) yield break;
        foreach (var field in type.Fields.Where(field => field.Kind != FieldKind.StringList && !IsBound(type, field)))
        {
            var parts = sources.Select(source => (Reliability: source.Max(recorded => recorded.Fact.Provenance.Reliability), Values: source.Select(recorded => StatedPart.Of(type, field, recorded)).OfType<StatedPart>().ToList()))
                .Where(source => source.Values.Count > 0).ToList();
            var (told, low, high) = StatedPart.Shown(type, field, shown);
            if (parts.FindIndex(source => source.Values.Exists(part => part.Says(told, low, high))) is not (>= 0 and var at)) continue;
            var believed = parts[at].Values.Find(part => part.Says(told, low, high))!;
            var others = parts.Where((source, i) => i != at && source.Reliability == parts[at].Reliability && source.Values.TrueForAll(part => parts[at].Values.TrueForAll(part.Excludes))).Select(source => source.Values[0].Stated).ToImmutableArray();
            if (others.Length > 0) yield return new Disagreement(field, believed.Stated, others);
        }
    }

    /// <summary>What each source says of a field: of its statements on one record the one that stands highest, the later of equals.</summary>
    private static IEnumerable<Statement> Said(List<RecordedFact> facts, NodeType type, Field field)
    {
        var latest = new Dictionary<(string, NodeId), Statement>();
        foreach (var recorded in facts)
        {
            if (!recorded.Fact.Properties.TryGet(field.Name, out var value) || value.Kind != field.Kind || (value.Kind == FieldKind.Enum && value.AsString() == Unknown)) continue;
            var speaker = SpeakerOf(recorded.Fact);
            var rank = StatementRank.Of(type, field, (NodeFact)recorded.Fact);
            if (!latest.TryGetValue(speaker, out var known) || rank >= known.Rank) latest[speaker] = new Statement(speaker, rank, value, recorded);
        }

        return latest.Values.OrderBy(one => one.Recorded.FirstSequence);
    }

    private static bool AreComparable(Field field, long left, long right) =>
        field.Period is not null ? StatementRank.PeriodOf(left) == StatementRank.PeriodOf(right) : field.Series ? left == right : StatementRank.ReliabilityOf(left) == StatementRank.ReliabilityOf(right);

    private static bool AreOne(PropertyValue left, PropertyValue right) =>
        left.Equals(right) || (left.Kind == FieldKind.String && right.Kind == FieldKind.String && Plain(left.AsString()) == Plain(right.AsString()));

    private static string Plain(string text) =>
        string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)).Select(letter => char.ToLowerInvariant(letter is >= FirstWide and <= LastWide ? (char)(letter - FirstWide + '!') : letter)));

    // Full-width forms of ASCII, from ! to ~.
    private const char FirstWide = '\uFF01', LastWide = '\uFF5E';

    /// <summary>Of one source's statements on a relationship the latest of each.</summary>
    private static List<RecordedFact> LatestOf(List<RecordedFact> statements) =>
        [.. statements.GroupBy(recorded => FactId.OfStatement((RelationshipFact)recorded.Fact)).Select(group => group.MaxBy(recorded => recorded.Fact.Validity.From))];

    private static bool IsBound(RelationshipType type, Field field) => type.Fields.Any(number => field.Name.Length > number.Name.Length
        && field.Name.StartsWith(number.Name, StringComparison.Ordinal) && field.Name[number.Name.Length..] is "Min" or "Max" or "MinOpen" or "MaxOpen");

    private static StatedValue ToStated(PropertyValue value, RecordedFact recorded) => new(value.ToString(), value, recorded);

    private static (string, NodeId) SpeakerOf(Fact fact) => (SourceOf(fact), ((NodeFact)fact).Node);

    /// <summary>The source without the part that a statement is delivered in.</summary>
    private static string SourceOf(Fact fact)
    {
        var source = fact.Provenance.Source;
        return source.IndexOf('/', StringComparison.Ordinal) is > 0 and var part ? source[..part] : source;
    }

    private readonly record struct Statement((string, NodeId) Speaker, long Rank, PropertyValue Value, RecordedFact Recorded);

    /// <summary>A value of a relationship's field, or the range in which it lies.</summary>
    private sealed record StatedPart(StatedValue Stated, decimal? Low, decimal? High)
    {
        public static StatedPart? Of(RelationshipType type, Field field, RecordedFact recorded)
        {
            var values = recorded.Fact.Properties;
            if (values.TryGet(field.Name, out var value))
                return value.Kind == FieldKind.Enum && value.AsString() == Unknown ? null : new StatedPart(ToStated(value, recorded), null, null);
            if (type.FindField($"{field.Name}Min") is null) return null;
            var (low, high) = (DecimalOf(values, $"{field.Name}Min"), DecimalOf(values, $"{field.Name}Max"));
            return low is null && high is null ? null : new StatedPart(new StatedValue(TextOf(low, high), null, recorded), low ?? 0, high ?? 1);
        }

        /// <summary>What a snapshot shows of the field: its value, or the ends of its range.</summary>
        public static (PropertyValue? Value, decimal? Low, decimal? High) Shown(RelationshipType type, Field field, Func<Field, PropertyValue?> shown)
        {
            decimal? End(string end) => type.FindField($"{field.Name}{end}") is { } bound ? shown(bound)?.AsDecimal() : null;
            return shown(field) is { } value ? (value, null, null) : (null, End("Min"), End("Max"));
        }

        public bool Says(PropertyValue? value, decimal? low, decimal? high) =>
            value is { } known ? Stated.Value is { } own && own.Equals(known) : Stated.Value is null && (low is not null || high is not null) && Low == (low ?? 0) && High == (high ?? 1);

        /// <summary>Whether both cannot be so.</summary>
        public bool Excludes(StatedPart other)
        {
            if (Stated.Value is { } own && other.Stated.Value is { } its) return !AreOne(own, its);
            var (low, high) = (Low ?? Stated.Value!.Value.AsDecimal(), High ?? Stated.Value!.Value.AsDecimal());
            var (least, most) = (other.Low ?? other.Stated.Value!.Value.AsDecimal(), other.High ?? other.Stated.Value!.Value.AsDecimal());
            return low > most || high < least;
        }

        private static decimal? DecimalOf(Properties values, string name) => values.TryGet(name, out var value) ? value.AsDecimal() : null;

        private static string TextOf(decimal? low, decimal? high) =>
            $"{PropertyText.Of(PropertyValue.Of(low ?? 0))} to {PropertyText.Of(PropertyValue.Of(high ?? 1))}";
    }
}
