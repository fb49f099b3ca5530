using GraphQL;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Market.Lending;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Links;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Server.Exposure;

/// <summary>A broker's exposure to a client and those linked to it.</summary>
/// <param name="Doubtful">What doubtful identities may add: read from the ledger once, where it is asked for.</param>
internal sealed record ExposureOf(NodeHandle Broker, NodeHandle Client, LinkedExposureAnswer Answer, Lazy<Task<DoubtfulExposure>> Doubtful) : IAboutSubject
{
    public string? Subject => Client.Subject;

    /// <summary>Whether the viewer reads all records, on which probabilities rest.</summary>
    public bool TellsProbabilities => Client.View.Snapshot.Entitlement.IsWhole;
}

/// <summary>What a party owes that may belong to a client's exposure.</summary>
internal sealed record DoubtfulExposureOf(NodeHandle Party, DoubtfulPartyExposure Doubtful, bool TellsProbabilities) : IAboutSubject
{
    public string? Subject => Party.Subject;
}

/// <summary>A broker's exposure to one party.</summary>
internal sealed record PartyExposureOf(NodeHandle Party, PartyExposure Exposure) : IAboutSubject
{
    public string? Subject => Party.Subject;
}

/// <summary>A linked party's exposure, with the client it is linked to.</summary>
internal sealed record LinkedExposureOf(NodeHandle Client, LinkedPartyExposure Linked) : IAboutSubject
{
    public string? Subject => Client.At(Linked.Exposure.Party).Subject;
}

/// <summary>GraphQL types of linked exposure.</summary>
internal static class ExposureTypes
{
    public static void AddTo(SchemaParts parts, FieldAccess derived)
    {
        parts.Types.Add(Fields.Object(
            "LinkedExposure", "The exposure of a broker to a client with all linked parties; money in yuan.",
            Fields.Of<ExposureOf>("broker", "Broker", FieldAccess.Structure, "The broker.", one => one.Broker),
            Fields.Of<ExposureOf>("client", "Party", FieldAccess.Structure, "The client.", one => one.Client),
            Fields.Of<ExposureOf>("own", "PartyExposure", derived, "The client's own.", one => new PartyExposureOf(one.Client, one.Answer.Own)),
            Fields.Of<ExposureOf>("linked", "[LinkedPartyExposure!]", derived, "The linked parties', largest debt first.",
                Linked, TypeExpression.First(PageRequest.Most, $"At most so many, up to {PageRequest.Most}, which is also where none is given; the totals are over all.")),
            Fields.Of<ExposureOf>("linkedCount", "Int", derived, "Number of linked parties with the broker.", one => one.Answer.Linked.Length),
            Fields.Of<ExposureOf>("totalDebt", "Decimal", derived, "Owed by the client and all linked parties.", one => one.Answer.TotalDebt),
            Fields.Of<ExposureOf>("totalCollateral", "Decimal", derived, "What secures it.", one => one.Answer.TotalCollateral),
            Fields.Of<ExposureOf>("totalUncovered", "Decimal", derived, "Owed beyond what secures it, contract by contract.", one => one.Answer.TotalUncovered),
            Fields.Of<ExposureOf>("shareOfNetCapital", "Decimal", derived, "Total debt to the broker's net capital, to 12 digits; null where that is not stated.",
                one => one.Answer.ShareOfNetCapital is { } share ? LegalThreshold.Round((double)share) : null),
            Fields.Resolved("doubtful", "[DoubtfulExposure!]", derived,
                "Parties that may be the client, or be linked to it by being one with somebody who is, nobody having decided it, and what they owe; in no total. Largest expected debt first.",
                async context => await DoubtfulAsync((ExposureOf)context.Source!)),
            Fields.Resolved("possibleDebt", "Decimal", derived, "What all of them owe, beside totalDebt.", async context => (await ((ExposureOf)context.Source!).Doubtful.Value).PossibleDebt),
            Fields.Resolved("expectedDebt", "Decimal", derived,
                "The sum of probability times what they owe, beside totalDebt. Null for those who do not read all records, on which probabilities rest.",
                async context => context.Source is ExposureOf { TellsProbabilities: true } one ? (await one.Doubtful.Value).ExpectedDebt : null),
            Fields.Of<ExposureOf>("isComplete", "Boolean!", FieldAccess.Structure, "False where more parties are linked than the search may follow.", one => one.Answer.IsComplete),
            Fields.Of<ExposureOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Client.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "PartyExposure", "What a broker has granted to one party and not got back; money in yuan.",
            Fields.Of<PartyExposureOf>("party", "Party", FieldAccess.Structure, "The party.", one => one.Party),
            Fields.Of<PartyExposureOf>("contracts", "[Contract]", derived, "Its outstanding contracts with the broker.",
                one => one.Exposure.Contracts.Select(contract => one.Party.At(contract.Node)).ToArray()),
            Fields.Of<PartyExposureOf>("debt", "Decimal", derived, "Owed under all of them.", one => one.Exposure.Debt),
            Fields.Of<PartyExposureOf>("marginDebt", "Decimal", derived, "Owed under margin contracts.", one => one.Exposure.DebtOf(ContractKind.Margin)),
            Fields.Of<PartyExposureOf>("pledgeDebt", "Decimal", derived, "Owed under stock-pledged repos.", one => one.Exposure.DebtOf(ContractKind.Pledge)),
            Fields.Of<PartyExposureOf>("repoDebt", "Decimal", derived, "Owed under agreed repos.", one => one.Exposure.DebtOf(ContractKind.Repo)),
            Fields.Of<PartyExposureOf>("collateral", "Decimal", derived, "What secures them.", one => one.Exposure.Collateral),
            Fields.Of<PartyExposureOf>("uncovered", "Decimal", derived, "Owed beyond what secures it, contract by contract.", one => one.Exposure.Uncovered)));
        parts.Types.Add(Fields.Object(
            "DoubtfulExposure", "What a party owes that may belong to a client's exposure.",
            Fields.Of<DoubtfulExposureOf>("exposure", "PartyExposure", derived, "What the broker has granted to it.", one => new PartyExposureOf(one.Party, one.Doubtful.Exposure)),
            Fields.Of<DoubtfulExposureOf>("probability", "Float", derived, "That it belongs to it, 0 to 1. Null for those who do not read all records, on which it rests.",
                one => one.TellsProbabilities ? Math.Round(one.Doubtful.Probability, 6) : null)));
        parts.Types.Add(Fields.Object(
            "LinkedPartyExposure", "A linked party's exposure with the path that links it.",
            Fields.Of<LinkedExposureOf>("exposure", "PartyExposure", derived, "What the broker has granted to it.",
                one => new PartyExposureOf(one.Client.At(one.Linked.Exposure.Party), one.Linked.Exposure)),
            Fields.Of<LinkedExposureOf>("strength", "Float", derived, "Strength of the path, above 0, at most 1.", one => Math.Round(one.Linked.Strength, 12)),
            Fields.Of<LinkedExposureOf>("path", "[PartyLink!]", derived, "Ties from the client to the party.",
                one => one.Linked.Path.Select(link => new LinkOf(one.Client, link)).ToArray())));
    }

    /// <summary>In the order of expected debt, or, for those to whom that would tell probabilities, of nodes.</summary>
    private static async Task<DoubtfulExposureOf[]> DoubtfulAsync(ExposureOf one)
    {
        var parties = (await one.Doubtful.Value).Parties;
        return
        [
            .. (one.TellsProbabilities ? parties.AsEnumerable() : parties.OrderBy(party => party.Exposure.Party))
                .Select(party => new DoubtfulExposureOf(one.Client.At(party.Exposure.Party), party, one.TellsProbabilities)),
        ];
    }

    private static LinkedExposureOf[] Linked(ExposureOf one, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? PageRequest.Most;
        if (first is < 0 or > PageRequest.Most) throw Problem.BadInput("first", $"must be between 0 and {PageRequest.Most}.");
        LinkedExposureOf[] linked = [.. one.Answer.Linked.Take(first).Select(linked => new LinkedExposureOf(one.Client, linked))];
        return linked;
    }
}
