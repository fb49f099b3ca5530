using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;
using static GraphRisk.Simulation.Casework.CaseOffice;

namespace GraphRisk.Simulation.Casework;

/// <summary>
/// Complaints: of persons about a name or telephone number that a broker has on file and that is another's, or that they take for wrong; about scores, right where the client paid all along; about decisions, right where
/// the client would have paid. Those who answer see it rightly as a rule. None decides what he decided.
/// </summary>
internal sealed class ComplaintWork(CaseOffice office)
{
    private const string Kind = "Complaint";
    private const double ComplainsOfWrong = 0.35;
    private const double ComplainsOfRight = 0.004;
    private const double ComplainsOfScore = 0.015;
    private const double ComplainsOfDecision = 0.4;
    private const double SeenRightly = 0.88;
    private const double PutOff = 0.15;
    private const double GivesUp = 0.06;

    /// <summary>Days within which one is answered at the latest, so that its term ends within the history.</summary>
    private const int Longest = 75;

    /// <summary>Complaints of a client about what its brokers have on file.</summary>
    public void AboutRecords(Debtor debtor, IReadOnlyDictionary<ClientRelation, ClientCard> cards)
    {
        if (debtor.Party is not Person person) return;
        foreach (var client in debtor.Relations)
        {
            var card = cards[client];
            (string Field, string Right)? wrong =
                card.Phone is { } phone && phone != person.Phone ? ("Person.phone", person.Phone) : IsSlip(card.Name, person) ? ("Person.name", person.Name.Simplified) : null;
            if (wrong is { } known && office.Draws.Chance(ComplainsOfWrong)) Record(debtor, client, known.Field, known.Right, isRight: true);
            else if (wrong is null && card.Phone is not null && office.Draws.Chance(ComplainsOfRight)) Record(debtor, client, "Person.phone", person.Phone, isRight: false);
        }
    }

    /// <summary>A complaint of a client about its score.</summary>
    public void AboutScore(Debtor debtor)
    {
        if (debtor.Contracts.Count == 0 || !office.Draws.Chance(ComplainsOfScore) || FiledOn() is not { } on) return;
        var isRight = !debtor.Contracts.Any(contract => contract.Steps.Exists(step => step.Kind == ContractStepKind.Struck));
        var trail = Begin(debtor, null, $"CO{debtor.Relations[0].ClientNo}-S", isRight, on,
            ("client", IdOf(debtor.Relations[0])), ("about", "SCORE"), ("text", "the score does not know that everything was paid"));
        Answer(trail, null, on, isRight, isRight ? "MODEL" : "OTHER", null);
    }

    /// <summary>A complaint about a decision.</summary>
    public void AboutDecision(Debtor debtor, DeclinedApplication declined)
    {
        var on = After(declined.On, office.Draws.Between(2, 15));
        if (!office.Draws.Chance(ComplainsOfDecision) || on.AddDays(Longest) > office.Calendar.Last) return;
        var trail = Begin(debtor, declined.Client.Broker, $"CO{declined.Client.ClientNo}-D", !declined.WouldDefault, on,
            ("client", declined.Client.ClientNo), ("subject", declined.Number), ("about", "DECISION"), ("text", "the line was declined without a look at my income"));
        Answer(trail, declined.Client.Broker, on, !declined.WouldDefault, declined.WouldDefault ? "OTHER" : "PROCEDURE", null, declined.By);
    }

    private void Record(Debtor debtor, ClientRelation client, string field, string right, bool isRight)
    {
        if (FiledOn() is not { } on) return;
        var trail = Begin(debtor, client.Broker, $"CO{client.ClientNo}-R", isRight, on,
            ("client", client.ClientNo), ("subject", IdOf(client)), ("about", "RECORD"), ("text", "what is on file is not mine"), ("disputedField", field));
        Answer(trail, client.Broker, on, isRight, isRight ? "SOURCE" : "OTHER", right);
    }

    private CaseTrail Begin(Debtor debtor, Broker? broker, string number, bool isRight, DateOnly on, params (string, string?)[] cells)
    {
        office.Tell(broker, Kind, number, debtor.Party, isRight ? "RIGHT" : "WRONG");
        return office.Open(broker, Kind, number).Move("complain", on, 9, Client, null, cells);
    }

    private void Answer(CaseTrail trail, Broker? broker, DateOnly on, bool isRight, string cause, string? rightValue, params string?[] deciders)
    {
        var (draws, role) = (office.Draws, broker is null ? Supervisor : Officer);
        var (clerk, assignee) = (office.Person(broker), office.Person(broker, deciders));
        trail.Move("acknowledge", After(on, 1), 10, role, clerk);
        if (draws.Chance(GivesUp))
        {
            trail.Move("withdraw", After(on, 3), 10, Client, null, ("reason", "it has been settled"));
            return;
        }

        trail.Move("classify", After(on, 2), 10, role, clerk, ("cause", cause)).Move("assign", After(on, 3), 10, role, clerk, ("assignee", assignee));
        var answered = After(on, draws.Between(6, 20));
        if (draws.Chance(PutOff))
        {
            trail.Move("extend", answered, 9, role, assignee, ("reason", "the branch has to look it up"));
            answered = After(answered, draws.Between(5, 20));
        }

        // A value that is right is not struck out; where it is wrong it may be overlooked.
        var upheld = rightValue is null ? isRight == draws.Chance(SeenRightly) : isRight && draws.Chance(SeenRightly);
        if (upheld) trail.Move("uphold", answered, 10, role, assignee, ("reason", "it is as the client says"), ("rightValue", rightValue));
        else trail.Move("reject", answered, 10, role, assignee, ("reason", "it is as it is on file"));
        if (draws.Chance(0.9)) trail.Move("archive", After(answered, 3), 10, role, clerk, ("document", $"GD{trail.Number[2..]}"));
    }

    private DateOnly? FiledOn()
    {
        var on = office.Calendar[office.Draws.Below(office.Calendar.Days)];
        return on.AddDays(Longest) > office.Calendar.Last ? null : on;
    }

    /// <summary>A Chinese name that is neither the person's, nor an earlier one, nor the same in traditional characters.</summary>
    private static bool IsSlip(string name, Person person) =>
        !char.IsAsciiLetter(name[0]) && name != person.Name.Simplified && name != person.Name.Traditional && name != person.FormerName?.Simplified;
}
