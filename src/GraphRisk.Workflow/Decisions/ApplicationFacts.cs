using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Admission;

namespace GraphRisk.Workflow.Decisions;

/// <summary>Applications for financing as content of a case, and back.</summary>
public static class ApplicationFacts
{
    /// <summary>The circumstance in which two persons decide.</summary>
    public const string TwoPersons = "two-persons";

    /// <summary>What an application says when it is filed.</summary>
    /// <param name="parties">Whose it is.</param>
    /// <param name="application">What is asked for, offered and declared.</param>
    /// <param name="guarantor">Who guarantees; null where nobody is offered.</param>
    /// <param name="purpose">What the money is for; null where that is not declared.</param>
    public static CaseOpening Opening(CaseParties parties, FinancingApplication application, NodeId? guarantor, string? purpose)
    {
        List<Property> content = [new("product", PropertyValue.OfEnum(application.Product.ToString().ToUpperInvariant()))];
        if (application.Amount is { } amount) content.Add(new("amount", PropertyValue.Of(amount)));
        if (application.TermInDays is { } days) content.Add(new("termInDays", PropertyValue.Of((long)days)));
        if (application.ShareOfBroker is { } share) content.Add(new("shareOfBroker", PropertyValue.Of(share)));
        if (application.IsAffiliateOfBroker is { } affiliate) content.Add(new("isAffiliateOfBroker", PropertyValue.Of(affiliate)));
        if (purpose is not null) content.Add(new("purpose", PropertyValue.Of(purpose)));
        return new CaseOpening(parties, Properties.Of(content),
        [
            .. application.Collateral.Select(one => ("OFFERS", one.Security, Properties.Of(("quantity", PropertyValue.Of(one.Quantity))))),
            .. guarantor is { } party ? [("BACKED_BY", party, Properties.None)] : Array.Empty<(string, NodeId, Properties)>(),
        ]);
    }

    /// <summary>The day on which an application was approved, the second time where two persons did: of its moves the last, else the day it was filed; null where neither is known.</summary>
    public static DateOnly? ApprovedOn(Snapshot snapshot, int application)
    {
        DateOnly? approved = null;
        foreach (var move in snapshot.Relationship("MOVE_OF").In.Neighbours(application))
            if (snapshot.Nodes.GetString(move, "move") == "approve" && snapshot.Nodes.Get(move, "at") is { } at && WorkingCalendar.DayOf(at.AsDateTime()) is var day && !(day <= approved)) approved = day;
        return approved ?? snapshot.Nodes.GetDate(application, "filedOn");
    }

    /// <summary>The application of a node, and the node of its guarantor; -1 where there is none.</summary>
    public static (FinancingApplication Application, int Guarantor) Read(Snapshot snapshot, int node)
    {
        var (nodes, offers, backed) = (snapshot.Nodes, snapshot.Relationship("OFFERS"), snapshot.Relationship("BACKED_BY"));
        var collateral = ImmutableArray.CreateBuilder<OfferedSecurity>();
        for (var (edge, end) = offers.Out.Range(node); edge < end; edge++)
            collateral.Add(new OfferedSecurity(nodes.IdOf(offers.Out.Target(edge)), offers.GetDecimal(edge, "quantity") ?? 0m));
        var guarantors = backed.Out.Neighbours(node);
        return (new FinancingApplication
        {
            Product = Enum.Parse<ContractKind>(nodes.GetString(node, "product")!, ignoreCase: true),
            Amount = nodes.GetDecimal(node, "amount"),
            TermInDays = (int?)nodes.Get(node, "termInDays")?.AsInteger(),
            ShareOfBroker = nodes.GetDecimal(node, "shareOfBroker"),
            IsAffiliateOfBroker = nodes.GetBoolean(node, "isAffiliateOfBroker"),
            Collateral = collateral.ToImmutable(),
        }, guarantors.IsEmpty ? -1 : guarantors[0]);
    }

    /// <summary>States in which an application is being decided.</summary>
    public static IReadOnlyList<string> Undecided { get; } = ["FILED", "QUESTIONED", "AGREED_BY_ONE"];

    /// <summary>
    /// Whether a party itself ever turned to a broker: it filed an application with it, or signed an authorisation for it. What the broker keeps of that is the broker's own. What an officer files alone makes nobody a
    /// broker's own, else an officer would read about anybody by filing.
    /// </summary>
    public static bool HasTurnedTo(Snapshot snapshot, int broker, int party)
    {
        foreach (var one in snapshot.Relationship("AUTHORISED_BY").In.Neighbours(party))
            if (snapshot.Relationship("AUTHORISES").Out.Neighbours(one).Contains(broker)) return true;
        return Applications(snapshot, broker, party).Any(one => IsFiledBy(snapshot, one, CasePart.Client));
    }

    /// <summary>Whether a party has an application with a broker that is being decided: one of nobody's clients is an applicant then.</summary>
    public static bool IsApplicant(Snapshot snapshot, int broker, int party) =>
        Applications(snapshot, broker, party).Any(one => Undecided.Contains(snapshot.Nodes.GetString(one, "state")));

    private static IEnumerable<int> Applications(Snapshot snapshot, int broker, int party) => snapshot.Relationship("CASE_OF").In.Neighbours(party).ToArray()
        .Where(one => snapshot.Nodes.TypeOf(one).Name == CaseKind.Application.NodeType && snapshot.Relationship("HANDLED_BY").Out.Neighbours(one).Contains(broker));

    private static bool IsFiledBy(Snapshot snapshot, int application, CasePart part)
    {
        foreach (var move in snapshot.Relationship("MOVE_OF").In.Neighbours(application))
            if (snapshot.Nodes.Get(move, "serial")?.AsInteger() == 1) return part.ToString().Equals(snapshot.Nodes.GetString(move, "part"), StringComparison.OrdinalIgnoreCase);
        return false;
    }

    /// <summary>Why a move cannot be: a line above what was asked for is none that anybody applied for, and by a day that has passed nobody answers. Null where it can.</summary>
    /// <param name="filed">The application.</param>
    /// <param name="asked">The move.</param>
    /// <param name="today">The day of the move.</param>
    public static (string Field, string Reason)? FaultOf(FiledCase filed, MoveAsked asked, DateOnly today)
    {
        if (asked.Carried.TryGet("amount", out var line) && filed.Content.TryGet("amount", out var most) && line.AsDecimal() > most.AsDecimal())
            return ("amount", FormattableString.Invariant($"is above the {most.AsDecimal():0.##} that was asked for."));
        return asked.Carried.TryGet("dueOn", out var due) && due.AsDate() < today ? ("dueOn", FormattableString.Invariant($"has passed: today is {today:yyyy-MM-dd}.")) : null;
    }

    /// <summary>The circumstances a decision on an amount is in.</summary>
    public static ImmutableArray<string> Circumstances(MoveAsked asked, AdmissionPolicy policy) =>
        asked.Carried.TryGet("amount", out var amount) && amount.AsDecimal() >= policy.SecondPersonFrom ? [TwoPersons] : [];
}
