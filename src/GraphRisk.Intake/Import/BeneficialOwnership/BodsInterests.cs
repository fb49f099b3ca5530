using System.Text.Json;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Import.BeneficialOwnership;

/// <summary>What a relationship statement says of one tie between the party and the subject.</summary>
/// <param name="Relationship">Name of the relationship in the graph.</param>
/// <param name="Key">Tells the ties of a record apart, and stays the same from version to version.</param>
/// <param name="Values">Its fields.</param>
/// <param name="Start">From when it is said to hold; null where that is not said.</param>
/// <param name="End">Until when; null where no end is said.</param>
internal sealed record BodsTie(string Relationship, string Key, Properties Values, DateOnly? Start, DateOnly? End);

/// <summary>
/// Turns the interests of a relationship statement into ties. Shareholdings and voting rights of one directness are one
/// holding with two numbers; what the publisher calls indirect stays marked so, since it repeats what a chain of direct
/// holdings says. Offices are offices; every other interest is a tie of its name.
/// </summary>
internal static class BodsInterests
{
    private static readonly HashSet<string> Offices = ["boardMember", "boardChair", "seniorManagingOfficial"];

    private static readonly Dictionary<string, string> Directness = new(StringComparer.Ordinal)
    {
        ["direct"] = "DIRECT",
        ["indirect"] = "INDIRECT",
        ["unknown"] = "UNKNOWN",
    };

    /// <summary>The ties of a relationship's details.</summary>
    /// <param name="details">The details.</param>
    /// <param name="nominee">The party is an arrangement of nominees.</param>
    /// <param name="toCompany">The subject is an entity, of which parts can be held.</param>
    /// <exception cref="BodsFault">A field is of the wrong kind.</exception>
    /// <param name="findings">Told of values that are left out.</param>
    public static IReadOnlyList<BodsTie> Read(JsonElement details, bool nominee, bool toCompany, List<RecordFault> findings)
    {
        var holdings = new List<InterestsOfKind>();
        var ties = new List<BodsTie>();
        foreach (var interest in details.Objects("interests"))
        {
            var type = interest.Text("type");
            var beneficial = interest.Truth("beneficialOwnershipOrControl");
            if (toCompany && (type is "shareholding" or "votingRights" || (type is null && beneficial == true))) Hold(holdings, interest, type, beneficial, findings);
            else ties.Add(TieOf(interest, type ?? "unknownInterest", toCompany, ties, findings));
        }

        return [.. holdings.Select((holding, i) => holding.ToTie(holdings.Take(i), nominee)), .. ties];
    }

    private static BodsTie TieOf(JsonElement interest, string type, bool toCompany, List<BodsTie> before, List<RecordFault> findings)
    {
        var office = toCompany && Offices.Contains(type);
        var number = before.Count(tie => tie.Key == type || tie.Key.StartsWith($"{type}#", StringComparison.Ordinal)) + 1;
        return new BodsTie(
            office ? "OFFICER_OF" : "RELATED_TO", number == 1 ? type : $"{type}#{number}",
            Properties.Of((office ? "role" : "kind", PropertyValue.Of(type))), StartOf(interest, findings), EndOf(interest, findings));
    }

    private static void Hold(List<InterestsOfKind> holdings, JsonElement interest, string? type, bool? beneficial, List<RecordFault> findings)
    {
        var word = interest.Text("directOrIndirect") ?? "unknown";
        if (!Directness.TryGetValue(word, out var directness)) throw new BodsFault("directOrIndirect", $"is '{word}'");
        var field = type switch { "shareholding" => "share", "votingRights" => "votes", _ => "" };
        var holding = holdings.Find(known => known.Directness == directness && !known.Has(field));
        if (holding is null) holdings.Add(holding = new InterestsOfKind(directness));
        holding.Add(field, interest.Object("share"), beneficial, StartOf(interest, findings), EndOf(interest, findings), findings);
    }

    private static DateOnly? StartOf(JsonElement interest, List<RecordFault> findings) => interest.Date("startDate", findings) is { IsNever: false } start ? start.First : null;

    private static DateOnly? EndOf(JsonElement interest, List<RecordFault> findings) => interest.Date("endDate", findings)?.End;

    /// <summary>What a share object states; an exclusive bound is open, a closed one beside it the weaker statement.</summary>
    private static StatedShare ShareOf(JsonElement share, List<RecordFault> findings)
    {
        decimal? least = share.Percent("minimum", findings), above = share.Percent("exclusiveMinimum", findings);
        decimal? most = share.Percent("maximum", findings), below = share.Percent("exclusiveMaximum", findings);
        var (lowOpen, highOpen) = (above is not null && !(least > above), below is not null && !(most < below));
        return new StatedShare(share.Percent("exact", findings), lowOpen ? above : least, highOpen ? below : most, lowOpen, highOpen);
    }

    /// <summary>Shares and votes of one directness.</summary>
    private sealed class InterestsOfKind(string directness)
    {
        private readonly List<Property> values = [new("directness", PropertyValue.OfEnum(directness))];
        private readonly HashSet<string> fields = [];
        private bool? beneficial;
        private DateOnly? start, end;

        public string Directness => directness;

        public bool Has(string field) => fields.Contains(field);

        public void Add(string field, JsonElement? share, bool? isBeneficial, DateOnly? from, DateOnly? to, List<RecordFault> findings)
        {
            // Without a start it has always been so, without an end it goes on: the wider of two.
            (start, end) = fields.Count == 0 ? (from, to) : (from is null || start is null ? null : from < start ? from : start, to is null || end is null ? null : to > end ? to : end);
            fields.Add(field);
            if (isBeneficial is not null) beneficial = beneficial == true || isBeneficial == true;
            if (field.Length == 0 || share is not { } stated) return;
            ShareOf(stated, findings).AddTo(values, field);
        }

        public BodsTie ToTie(IEnumerable<InterestsOfKind> before, bool nominee)
        {
            var number = before.Count(other => other.Directness == directness) + 1;
            if (beneficial is { } known) values.Add(new Property("beneficial", PropertyValue.Of(known)));
            if (nominee) values.Add(new Property("nominee", PropertyValue.Of(true)));
            var key = directness.ToLowerInvariant();
            return new BodsTie("HOLDS", number == 1 ? key : $"{key}#{number}", Properties.Of(values), start, end);
        }
    }
}
