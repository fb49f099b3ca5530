using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit;

namespace GraphRisk.Simulation.Publishing;

/// <summary>What only the simulator knows. Evaluation reads these files; intake, features and training never.</summary>
public sealed class TruthFiles(string folder) : IDisposable
{
    private readonly CsvFile entities = Open(folder, "entities", "source,record_key,kind,entity");
    private readonly CsvFile control = Open(folder, "control", "controller,company,depth");
    private readonly CsvFile defaults = Open(folder, "defaults", "entity,source,contract_no,kind,occurred_on,quarter,cause,own,guarantee,ownership,common_holding");
    private readonly CsvFile exposures = Open(folder, "exposures", "quarter,debtors,forced_liquidations,defaults,own,guarantee,ownership,common_holding");
    private readonly CsvFile mentions = Open(folder, "mentions", "source,doc_no,entity,role");

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

    public void Default(Outcome outcome)
    {
        var all = outcome.Intensity;
        defaults.Text(outcome.Party.Entity).Text(outcome.Contract?.Account.Client.Broker.Source ?? "registry").Text(outcome.Contract?.Number)
            .Text(outcome.Contract is null ? "FAILURE" : outcome.Liquidated ? "FORCED_LIQUIDATION" : "DEFAULT").Date(outcome.Day)
            .Text(TradingCalendar.QuarterName(outcome.Day)).Text(Causes[outcome.Cause]).Ratio(all.Own / all.Total)
            .Ratio(all.Guarantee / all.Total).Ratio(all.Ownership / all.Total).Ratio(all.CommonHolding / all.Total).End();
    }

    /// <summary>Mean intensities per debtor and month at risk.</summary>
    public void Quarter(string quarter, QuarterTally tally)
    {
        var months = Math.Max(1, tally.Months);
        exposures.Text(quarter).Whole(tally.Debtors).Whole(tally.Liquidations).Whole(tally.Defaults).Ratio(tally.Own / months)
            .Ratio(tally.Guarantee / months).Ratio(tally.Ownership / months).Ratio(tally.CommonHolding / months).End();
    }

    public void Dispose()
    {
        foreach (var file in new[] { entities, control, defaults, exposures, mentions }) file.Dispose();
    }

    private static CsvFile Open(string folder, string name, string header) =>
        new(Path.Combine(folder, name + ".csv"), header.Split(','));
}
