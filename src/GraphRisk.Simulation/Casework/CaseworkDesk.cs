using GraphRisk.Simulation.Credit;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Casework;

/// <summary>
/// What people decide in a community's life, as it follows from that life: a contract that exists was applied for and approved, a call follows a ratio at the line, a default its day, a sale what was sold, a complaint a
/// value that is wrong, a score or a decision. Nothing that happens in the world is drawn here; draws of a stream of their own say who decides, how soon, and where people err. What is so, whatever they decide, goes into the truth.
/// Moves are written in the order of time within a community, so that whatever leads on stands before what it leads to.
/// </summary>
public sealed class CaseworkDesk(MarketFiles files, NationalLayer nation, Draws draws)
{
    private readonly CaseOffice office = new(files, nation, draws);

    /// <summary>Publishes the cases of a community.</summary>
    /// <param name="history">What happened.</param>
    /// <param name="cards">What brokers have on file.</param>
    public void Publish(CreditHistory history, IReadOnlyDictionary<ClientRelation, ClientCard> cards)
    {
        var outcomes = history.Outcomes.Where(one => one.Contract is not null).ToDictionary(one => one.Contract!);
        var (applications, recovery, complaints) = (new ApplicationWork(office), new RecoveryWork(office), new ComplaintWork(office));
        foreach (var debtor in history.Debtors)
        {
            foreach (var contract in debtor.Contracts)
            {
                applications.OfContract(debtor, contract);
                recovery.OfContract(debtor, contract, outcomes.GetValueOrDefault(contract));
            }

            if (applications.Declined(debtor) is { } declined) complaints.AboutDecision(debtor, declined);
            complaints.AboutRecords(debtor, cards);
            complaints.AboutScore(debtor);
        }

        foreach (var row in office.Rows.Select((row, at) => (Row: row, At: at)).OrderBy(one => one.Row.At).ThenBy(one => one.At)) files.Cases.Write(row.Row);
    }
}
