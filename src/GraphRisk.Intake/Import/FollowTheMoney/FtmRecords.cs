using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.FollowTheMoney;

/// <summary>
/// Makes facts of FollowTheMoney entities. Parties become nodes, ties between them relationships, sanctions entries on
/// lists. Ends are named by id alone, so the types of all parties of the file are gathered in a pass before.
/// </summary>
internal sealed class FtmRecords : IRecordMapper
{
    private const decimal Reliability = 0.8m;

    private readonly SchemaCatalog catalog;
    private readonly PartyIndex parties;
    private readonly TextDecoder decoder;
    private readonly FileEncoding encoding;
    private readonly KeyRegister keys = new();
    private readonly Func<NodeId, bool>? knows;
    private readonly PassedOver? passedOver;
    private readonly List<RecordFault> findings = [];

    /// <param name="catalog">The schema.</param>
    /// <param name="parties">Types of the parties of the file.</param>
    /// <param name="encoding">Encoding of the file.</param>
    /// <param name="knows">Whether the store knows a node; null where it is not asked.</param>
    /// <param name="passedOver">What deliveries described that the graph does not hold; null where that is not kept.</param>
    public FtmRecords(SchemaCatalog catalog, PartyIndex parties, FileEncoding encoding, Func<NodeId, bool>? knows, PassedOver? passedOver)
    {
        this.knows = knows;
        this.passedOver = passedOver;
        this.catalog = catalog;
        this.parties = parties;
        this.encoding = encoding;
        decoder = new TextDecoder(encoding);
    }

    public RecordOutcome Map(in RawRecord record, List<Fact> facts)
    {
        if (record.Fault is { } unread) return RecordOutcome.Broken(unread);
        if (decoder.Decode(record.Bytes.Span) is { } undecoded) return RecordOutcome.Broken(undecoded);
        var utf8 = encoding == FileEncoding.Utf8
            ? record.Bytes : System.Text.Encoding.UTF8.GetBytes(decoder.Buffer, 0, decoder.Length);
        return FtmEntity.Parse(utf8, out var fault) is { } entity ? Map(entity, record, facts) with { Record = entity.Id } : RecordOutcome.Broken(fault!);
    }

    private RecordOutcome Map(FtmEntity entity, in RawRecord record, List<Fact> facts)
    {
        var made = new List<Fact>();
        findings.Clear();
        var note = Make(entity, made, out var fault);
        fault ??= FactDoor.Admit(catalog, made, findings);
        if (fault is not null) return RecordOutcome.Broken(fault);
        var content = System.IO.Hashing.XxHash3.HashToUInt64(record.Bytes.Span);
        if (!keys.TryAdd(KeyRegister.Hash(entity.Id), content, out var known))
            return known == content ? RecordOutcome.Repeated
                : RecordOutcome.Broken(new RecordFault("id", $"is {entity.Id}, which an earlier record of the file states otherwise"));
        if (made.Count == 0) return RecordOutcome.Ignored(note ?? "says nothing the graph holds");
        facts.AddRange(made);
        return RecordOutcome.LandedWith(findings);
    }

    /// <summary>Adds an entity's facts; returns why there are none, where that is no fault.</summary>
    private string? Make(FtmEntity entity, List<Fact> facts, out RecordFault? fault)
    {
        if (FtmParty.TypeOf(entity.Schema) is { } type)
        {
            if (FtmParty.Read(entity, findings, out fault) is { } values)
                facts.Add(new NodeFact(NodeOf(type, entity.Id), values, Validity.Always, ProvenanceOf(entity)));
            return null;
        }

        if (FtmLink.Find(entity.Schema) is { } shape)
        {
            return MakeLink(entity, shape, facts, out fault);
        }

        if (entity.Schema == "Sanction")
        {
            fault = MakeListing(entity, facts);
            return null;
        }

        fault = FtmSchemas.All.Contains(entity.Schema) ? null : new RecordFault("schema", $"is '{entity.Schema}', which is none of FollowTheMoney's");
        if (fault is null) passedOver?.Add(entity.Id);
        if (fault is not null || entity.Schema is not ("Passport" or "Identification")) return $"schema {entity.Schema} is not held";
        fault = MakeIdentification(entity, facts);
        return "identification without a number";
    }

    private string? MakeLink(FtmEntity entity, FtmLink.Shape shape, List<Fact> facts, out RecordFault? fault)
    {
        if (ReadValidity(entity, ["startDate", "date"], out fault) is not { } validity) return null;
        var values = FtmLink.Read(entity, shape, findings);
        var sources = Ends(entity, shape.From, shape.FromType, out fault);
        if (fault is not null) return null;
        var targets = Ends(entity, shape.To, shape.ToType, out fault);
        if (fault is not null) return null;
        foreach (var from in sources)
            foreach (var to in targets)
                facts.Add(new RelationshipFact(shape.Relationship, from, to, entity.Id, values, validity, ProvenanceOf(entity)));
        return sources.Count > 0 && targets.Count > 0 ? null : $"{entity.Schema} of a thing that is not held";
    }

    private RecordFault? MakeListing(FtmEntity entity, List<Fact> facts)
    {
        if (ReadValidity(entity, ["startDate", "listingDate"], out var fault) is not { } validity) return fault;
        if (FtmListing.IsOver(entity, findings) && validity.To == DateTimeOffset.MaxValue) validity = validity with { To = validity.From.AddMilliseconds(1) };
        var values = FtmListing.Read(entity, findings);
        var entry = NodeOf("Listing", entity.Id);
        facts.Add(new NodeFact(entry, values, validity with { To = DateTimeOffset.MaxValue }, ProvenanceOf(entity)));
        foreach (var party in Ends(entity, "entity", null, out fault))
            facts.Add(new RelationshipFact("LISTED_AS", party, entry, "", Properties.None, validity, ProvenanceOf(entity)));
        return fault;
    }

    /// <summary>The holder's number goes to the holder; the fact only adds to what its own entity says.</summary>
    private RecordFault? MakeIdentification(FtmEntity entity, List<Fact> facts)
    {
        var numbers = entity.All("number");
        if (numbers.Count == 0) return null;
        var scheme = entity.Schema == "Passport" ? "PASSPORT" : "ID";
        var country = entity.All("country").Where(text => text.Length == 2).Min(StringComparer.Ordinal) is { } code ? $"{code.ToUpperInvariant()}-" : "";
        var values = Properties.Of(("identifiers", PropertyValue.Of(numbers.Select(number => $"{scheme}:{country}{number}"))));
        var provenance = ProvenanceOf(entity) with { Source = $"{PartyIndex.Ftm}/{entity.Id}" };
        foreach (var holder in Ends(entity, "holder", null, out var fault))
        {
            if (fault is not null) return fault;
            facts.Add(new NodeFact(holder, values, Validity.Always, provenance));
        }

        return null;
    }

    private List<NodeId> Ends(FtmEntity entity, string property, string? expected, out RecordFault? fault)
    {
        fault = null;
        var ends = new List<NodeId>();
        var passed = 0;
        foreach (var id in entity.All(property))
        {
            if (parties.IsOther(id) || passedOver?.Holds(id) == true) passed++;
            else if ((parties.TypeOf(id) ?? KnownType(id)) is { } type) ends.Add(NodeOf(type, id));
            else fault ??= new RecordFault(property, $"is {id}, which is no party of the file or the store") { Awaits = [.. TypesOf(expected).Select(name => NodeOf(name, id).ToString())] };
        }

        if (ends.Count == 0 && passed == 0) fault ??= new RecordFault(property, "is missing");
        return ends;
    }

    private string? KnownType(string id) => TypesOf(null).FirstOrDefault(type => knows?.Invoke(NodeOf(type, id)) == true);

    private static string[] TypesOf(string? expected) => expected is null ? PartyIndex.PartyTypes : [expected];

    private Validity? ReadValidity(FtmEntity entity, string[] starts, out RecordFault? fault)
    {
        fault = null;
        var from = starts.Select(property => entity.DateOf(property, latest: false, findings)).FirstOrDefault(date => date is { IsNever: false })?.First;
        var to = entity.DateOf("endDate", latest: true, findings)?.End;
        if (fault is null && from >= to) fault = new RecordFault("endDate", $"is {to:yyyy-MM-dd}, which is not behind the start, {from:yyyy-MM-dd}");
        return fault is null ? Validity.Between(from, to) : null;
    }

    private static NodeId NodeOf(string type, string id) => new(type, $"{PartyIndex.Ftm}:{id}");

    private static Provenance ProvenanceOf(FtmEntity entity) => new(PartyIndex.Ftm, entity.Id, Reliability);
}
