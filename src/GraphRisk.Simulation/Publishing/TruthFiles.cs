using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit;

namespace GraphRisk.Simulation.Publishing;

/// <summary>What only the simulator knows. Evaluation reads these files; intake, features and training never.</summary>
public sealed class TruthFiles(string folder) : IDisposable
{
    private readonly CsvFile entities = Open(folder, "entities", "source,record_key,kind,entity");
    private readonly CsvFile control = Open(folder, "control", "controller,company,depth");
    private readonly CsvFile defaults = Open(folder, "defaults", "entity,source,contract_no,kind,occurred_on,quarter,cause,own,guarantee,ownership,common_holding");
    private readonly CsvFile contagion = Open(folder, "contagion", "entity,source,contract_no,occurred_on,channel,neighbour,neighbour_failed_on,part");
    private readonly CsvFile exposures = Open(folder, "exposures", "quarter,debtors,forced_liquidations,defaults,own,guarantee,ownership,common_holding");
    private readonly CsvFile cases = Open(folder, "cases", "source,kind,case,entity,truth");
    private readonly CsvFile mentions = Open(folder, "mentions", "source,doc_no,entity,role");

    /// <summary>The cause of a default as it is written.</summary>
    public static string NameOf(Cause cause) => Causes[cause];

    private static readonly Dictionary<Cause, string> Causes = new()
    {
        [Cause.Own] = "OWN",
        [Cause.Guarantee] = "GUARANTEE",
        [Cause.Ownership] = "OWNERSHIP",
        [Cause.CommonHolding] = "COMMON_HOLDING",
    };

    public void Entity(string source, string key, Party party) => Entity(source, key, party is Person ? "PERSON" : "COMPANY", party.Entity);

    public void Entity(string source, string key, string kind, string entity) =>
        entities.Text(source).Text(key).Text(kind).Text(entity).End();

    public void Control(Party controller, Company company, int depth) =>
        control.Text(controller.Entity).Text(company.Entity).Whole(depth).End();

    public void Mention(string source, string document, Party party, string role) =>
        mentions.Text(source).Text(document).Text(party.Entity).Text(role).End();

    /// <summary>What is so about a case, whatever was decided.</summary>
    public void Case(string source, string kind, string number, Party party, string truth) =>
        cases.Text(source).Text(kind).Text(number).Text(party.Entity).Text(truth).End();

    /// <summary>The outcome with its cause, and, where others are the cause, the neighbour whose failure weighed most.</summary>
    public void Default(Outcome outcome)
    {
        var parts = outcome.Loads.Parts;
        var source = outcome.Contract?.Account.Client.Broker.Source ?? "registry";
        defaults.Text(outcome.Party.Entity).Text(source).Text(outcome.Contract?.Number)
            .Text(outcome.Contract is null ? "FAILURE" : outcome.Liquidated ? "FORCED_LIQUIDATION" : "DEFAULT").Date(outcome.Day)
            .Text(TradingCalendar.QuarterName(outcome.Day)).Text(Causes[outcome.Cause]).Ratio(parts.Own)
            .Ratio(parts.Guarantee).Ratio(parts.Ownership).Ratio(parts.CommonHolding).End();
        if (outcome.Cause == Cause.Own) return;
        contagion.Text(outcome.Party.Entity).Text(source).Text(outcome.Contract?.Number).Date(outcome.Day).Text(Causes[outcome.Cause])
            .Text(outcome.Worst?.Neighbour.Entity).Date(outcome.Worst?.FailedOn).Ratio(outcome.Worst?.Part ?? parts[outcome.Cause]).End();
    }

    /// <summary>Mean intensities per debtor and month at risk.</summary>
    public void Quarter(string quarter, QuarterTally tally)
    {
        var months = Math.Max(1, tally.Months);
        exposures.Text(quarter).Whole(tally.Debtors).Whole(tally.Liquidations).Whole(tally.Defaults).Ratio(tally.Sum.Own / months)
            .Ratio(tally.Sum.Guarantee / months).Ratio(tally.Sum.Ownership / months).Ratio(tally.Sum.CommonHolding / months).End();
    }

    public void Dispose()
    {
        foreach (var file in new[] { entities, control, defaults, contagion, exposures, mentions, cases }) file.Dispose();
    }

    private static CsvFile Open(string folder, string name, string header) =>
        new(Path.Combine(folder, name + ".csv"), header.Split(','));
}
