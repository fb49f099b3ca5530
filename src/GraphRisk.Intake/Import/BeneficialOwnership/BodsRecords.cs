using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.BeneficialOwnership;

/// <summary>
/// Makes facts of BODS statements. Component records are facts like others, each stated once; the statement that sums
/// them up is marked indirect, so that a chain and its sum are never both counted.
/// </summary>
internal sealed class BodsRecords : IRecordMapper
{
    private const decimal Reliability = 0.85m;

    private readonly SchemaCatalog catalog;
    private readonly BodsIndex index;
    private readonly BodsVersions versions = new();
    private readonly KeyRegister keys = new();
    private readonly TextDecoder decoder = new(FileEncoding.Utf8);
    private readonly List<RecordFault> findings = [];
    private readonly Func<NodeId, bool>? knows;

    /// <param name="catalog">The schema.</param>
    /// <param name="index">The parties of the file.</param>
    /// <param name="knows">Whether the store knows a node; null where it is not asked.</param>
    public BodsRecords(SchemaCatalog catalog, BodsIndex index, Func<NodeId, bool>? knows)
    {
        this.knows = knows;
        this.catalog = catalog;
        this.index = index;
    }

    public RecordOutcome Map(in RawRecord record, List<Fact> facts)
    {
        if (record.Fault is { } unread) return RecordOutcome.Broken(unread);
        if (decoder.Decode(record.Bytes.Span) is { } undecoded) return RecordOutcome.Broken(undecoded);
        return BodsStatement.Parse(record.Bytes, out var fault) is { } statement ? Map(statement, record, facts) with { Record = statement.RecordId } : RecordOutcome.Broken(fault!);
    }

    private RecordOutcome Map(BodsStatement statement, in RawRecord record, List<Fact> facts)
    {
        var content = System.IO.Hashing.XxHash3.HashToUInt64(record.Bytes.Span);
        var key = KeyRegister.Hash(statement.Id);
        if (keys.TryGet(key, out var known))
            return known == content ? RecordOutcome.Repeated
                : RecordOutcome.Broken(new RecordFault("statementId", $"is {statement.Id}, which an earlier statement of the file has"));
        var made = new List<Fact>();
        findings.Clear();
        var note = TryMake(statement, made, out var fault);
        fault ??= FactDoor.Admit(catalog, made, findings);
        if (fault is not null) return RecordOutcome.Broken(fault);
        keys.TryAdd(key, content, out _);
        if (made.Count == 0) return RecordOutcome.Ignored(note ?? "says nothing the graph holds");
        facts.AddRange(made);
        return RecordOutcome.LandedWith(findings) with { Since = statement.Status is "updated" or "closed" ? statement.Date : null };
    }

    private string? TryMake(BodsStatement statement, List<Fact> facts, out RecordFault? fault)
    {
        fault = null;
        try
        {
            if (statement.Type == "relationship") return MakeRelationship(statement, facts);
            var person = statement.Type == "person";
            var values = person ? BodsParty.OfPerson(statement.Details, findings) : BodsParty.OfEntity(statement.Details, findings);
            var validity = statement is { Status: "updated" or "closed", Date: { } date } ? Validity.Since(date) : Validity.Always;
            facts.Add(new NodeFact(NodeOf(person ? "Person" : "Company", statement.RecordId), values, validity, ProvenanceOf(statement)));
        }
        catch (BodsFault error)
        {
            fault = error.Fault;
        }
        catch (InvalidOperationException)
        {
            fault = new RecordFault(null, "holds an escape that is half of a character");
        }

        return null;
    }

    private string? MakeRelationship(BodsStatement statement, List<Fact> facts)
    {
        if (EndOf(statement.Details, "interestedParty") is not { } party) return "the interested party is not disclosed";
        if (EndOf(statement.Details, "subject") is not { } subject) return "the subject is not disclosed";
        var ties = BodsInterests.Read(statement.Details, index.IsNominee(party.Key), subject.Type == "Company", findings);
        foreach (var (tie, validity) in versions.Next(statement, ties))
        {
            var key = $"{statement.RecordId}/{tie.Key}";
            facts.Add(new RelationshipFact(
                tie.Relationship, Prefixed(party), Prefixed(subject), key, tie.Values, validity, ProvenanceOf(statement)));
        }

        return ties.Count == 0 ? "no interest is stated" : null;
    }

    /// <summary>The record at an end; null where the statement says, with a reason, that there is none to name.</summary>
    private NodeId? EndOf(JsonElement details, string name)
    {
        if (details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object) return null;
        var id = details.NeedText(name);
        var type = index.TypeOf(id) ?? PartyIndex.PartyTypes.FirstOrDefault(type => knows?.Invoke(NodeOf(type, id)) == true);
        return type is not null ? new NodeId(type, id) : throw new BodsFault(new RecordFault(name, $"is {id}, which is no record of the file or the store")
        {
            Awaits = [.. PartyIndex.PartyTypes.Select(each => NodeOf(each, id).ToString())],
        });
    }

    private static NodeId Prefixed(NodeId id) => NodeOf(id.Type, id.Key);

    private static NodeId NodeOf(string type, string id) => new(type, $"{PartyIndex.Bods}:{id}");

    private static Provenance ProvenanceOf(BodsStatement statement) => new(PartyIndex.Bods, statement.RecordId, Reliability);
}

/// <summary>The parties of a file and which of them are arrangements of nominees.</summary>
internal sealed class BodsIndex
{
    private readonly PartyIndex parties = new();
    private readonly HashSet<string> nominees = new(StringComparer.Ordinal);

    public void Add(BodsStatement statement)
    {
        if (statement.Type == "relationship") return;
        parties.Add(statement.RecordId, statement.Type == "person" ? "Person" : "Company");
        if (statement.Type == "entity" && statement.Details.TryGetProperty("entityType", out var type) && type.ValueKind == JsonValueKind.Object
            && type.TryGetProperty("subtype", out var subtype) && subtype.ValueKind == JsonValueKind.String && subtype.ValueEquals("nomination"))
            nominees.Add(statement.RecordId);
    }

    public string? TypeOf(string id) => parties.TypeOf(id);

    public bool IsNominee(string id) => nominees.Contains(id);
}
