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

    public FtmRecords(SchemaCatalog catalog, PartyIndex parties, FileEncoding encoding)
    {
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
        if (FtmEntity.Parse(utf8, out var fault) is not { } entity) return RecordOutcome.Broken(fault!);
        var made = new List<Fact>();
        var note = Make(entity, made, out fault);
        foreach (var fact in made)
            if (fault is null && FactCheck.Find(catalog, fact) is { } offence) fault = new RecordFault(offence.Field, $"{fact.Type}: {offence.Reason}");
        if (fault is not null) return RecordOutcome.Broken(fault);
        var content = System.IO.Hashing.XxHash3.HashToUInt64(record.Bytes.Span);
        if (!keys.TryAdd(KeyRegister.Hash(entity.Id), content, out var known))
            return known == content ? RecordOutcome.Repeated
                : RecordOutcome.Broken(new RecordFault("id", $"is {entity.Id}, which an earlier record of the file states otherwise"));
        if (made.Count == 0) return RecordOutcome.Ignored(note ?? "says nothing the graph holds");
        facts.AddRange(made);
        return RecordOutcome.Landed;
    }

    /// <summary>Adds an entity's facts; returns why there are none, where that is no fault.</summary>
    private string? Make(FtmEntity entity, List<Fact> facts, out RecordFault? fault)
    {
        if (FtmParty.TypeOf(entity.Schema) is { } type)
        {
            if (FtmParty.Read(entity, out fault) is { } values)
                facts.Add(new NodeFact(NodeOf(type, entity.Id), values, Validity.Always, ProvenanceOf(entity)));
            return null;
        }

        if (FtmLink.Find(entity.Schema) is { } shape)
        {
            fault = MakeLink(entity, shape, facts);
            return null;
        }

        if (entity.Schema == "Sanction")
        {
            fault = MakeListing(entity, facts);
            return null;
        }

        fault = FtmSchemas.All.Contains(entity.Schema) ? null : new RecordFault("schema", $"is '{entity.Schema}', which is none of FollowTheMoney's");
        if (fault is not null || entity.Schema is not ("Passport" or "Identification")) return $"schema {entity.Schema} is not held";
        fault = MakeIdentification(entity, facts);
        return "identification without a number";
    }

    private RecordFault? MakeLink(FtmEntity entity, FtmLink.Shape shape, List<Fact> facts)
    {
        if (FtmLink.Read(entity, shape, out var fault) is not { } values) return fault;
        if (ReadValidity(entity, ["startDate", "date"], out fault) is not { } validity) return fault;
        foreach (var from in Ends(entity, shape.From, shape.FromType, out fault))
        {
            foreach (var to in Ends(entity, shape.To, shape.ToType, out fault))
                facts.Add(new RelationshipFact(shape.Relationship, from, to, entity.Id, values, validity, ProvenanceOf(entity)));
            if (fault is not null) return fault;
        }

        return fault;
    }

    private RecordFault? MakeListing(FtmEntity entity, List<Fact> facts)
    {
        if (FtmListing.Read(entity, out var fault) is not { } values) return fault;
        if (ReadValidity(entity, ["startDate", "listingDate"], out fault) is not { } validity) return fault;
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
        var country = entity.First("country") is { Length: 2 } code ? $"{code.ToUpperInvariant()}-" : "";
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
        foreach (var id in entity.All(property))
        {
            if ((parties.TypeOf(id) ?? expected) is { } type) ends.Add(NodeOf(type, id));
            else fault = new RecordFault(property, $"is {id}, which is no party of the file");
        }

        if (ends.Count == 0) fault ??= new RecordFault(property, "is missing");
        return ends;
    }

    private static Validity? ReadValidity(FtmEntity entity, string[] starts, out RecordFault? fault)
    {
        fault = null;
        DateOnly? from = null, to = null;
        foreach (var property in starts.Append("endDate"))
        {
            if (entity.First(property) is not { } text) continue;
            if (PartialDate.Parse(text) is not { } date) fault = new RecordFault(property, $"is '{text}', which is not a date");
            else if (property == "endDate") to = date.Day ?? date.Last.AddDays(1);
            else from ??= date.First;
        }

        if (fault is null && from >= to) fault = new RecordFault("endDate", $"is {to:yyyy-MM-dd}, which is not behind the start, {from:yyyy-MM-dd}");
        return fault is null ? Validity.Between(from, to) : null;
    }

    private static NodeId NodeOf(string type, string id) => new(type, $"{PartyIndex.Ftm}:{id}");

    private static Provenance ProvenanceOf(FtmEntity entity) => new(PartyIndex.Ftm, entity.Id, Reliability);
}
