using GraphRisk.Simulation.Aftermath;
using GraphRisk.Simulation.Casework;
using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation;

/// <param name="Clients">Clients done so far.</param>
/// <param name="Rows">Source rows written so far, truth not counted.</param>
public readonly record struct MarketProgress(int Clients, int TotalClients, long Rows);

/// <param name="Communities">How many the market was made of.</param>
public sealed record MarketSummary(int Clients, int Communities, int Brokers, int Securities, long Rows, long Outcomes);

/// <summary>
/// Writes an invented securities-financing market as the files its publishers would deliver.
/// </summary>
/// <remarks>
/// <para>The national layer (brokers, securities, prices) is made first and stays in memory; then communities of some thousand
/// clients are made, lived through, published and forgotten one by one. Memory is bounded by the national layer and one
/// community, time is proportional to the clients. Every draw comes from a stream named by (seed, purpose, index), so equal
/// parameters give equal bytes.</para>
/// <para>The files are described in samples/market/README.md, the default processes behind <see cref="IDefaultProcess"/>, the fire
/// sales behind <see cref="IForcedSales"/>.</para>
/// </remarks>
public static class MarketGenerator
{
    /// <param name="folder">Created if absent; files of an earlier market in it are overwritten.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between communities; the files are cut short.</exception>
    public static MarketSummary Generate(
        MarketParameters parameters, string folder, IProgress<MarketProgress>? progress = null, CancellationToken cancellation = default)
    {
        parameters.Validate();
        var nation = new NationalLayer(parameters);
        using var files = new MarketFiles(folder, nation);
        var lists = new ListEntries(files, nation.Calendar.Last);
        var penalties = new PenaltyMatter(files, lists, nation.Calendar.Last);
        QuarterTally[] tallies = [.. Enumerable.Range(0, parameters.Quarters).Select(_ => new QuarterTally())];
        NationalExtract.Publish(files, nation);
        var (clients, outcomes) = (0, 0L);
        for (var index = 0; index < parameters.CommunityCount; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            var community = CommunityBuilder.Build(parameters, nation, index);
            var history = new CreditHistory(parameters, nation, community, files, tallies);
            history.Run();
            Publish(parameters, nation, files, lists, penalties, community, history);
            clients += community.Clients.Count();
            outcomes += history.Outcomes.Count;
            progress?.Report(new MarketProgress(clients, parameters.Clients, files.Rows));
        }

        for (var quarter = 0; quarter < tallies.Length; quarter++)
            files.Truth.Quarter(TradingCalendar.QuarterName(parameters.Start.AddMonths(quarter * 3)), tallies[quarter]);
        return new MarketSummary(clients, parameters.CommunityCount, nation.Brokers.Count, nation.Securities.Count, files.Rows, outcomes);
    }

    private static void Publish(
        MarketParameters parameters, NationalLayer nation, MarketFiles files, ListEntries lists, PenaltyMatter penalties, MarketCommunity community, CreditHistory history)
    {
        var records = new Draws(parameters.Seed, DrawStream.RecordVariants, community.Index);
        var cards = ClientExtract.Publish(files, community, history.Debtors, records);
        var authorisations = new AuthorisationDesk(nation.Calendar.Last, new Draws(parameters.Seed, DrawStream.Authorisations, community.Index));
        foreach (var given in history.Debtors.SelectMany(authorisations.Of)) files.Of(given.Client.Broker).Authorisation(given);
        RegistryExtract.Publish(files, community, nation, records);
        new LegalAftermath(files, community, nation, lists, penalties, new Draws(parameters.Seed, DrawStream.Aftermath, community.Index)).Publish(history.Outcomes);
        foreach (var (controller, company, depth) in ControlTruth.Of(community, nation.Calendar.Last)) files.Truth.Control(controller, company, depth);
        foreach (var outcome in history.Outcomes) files.Truth.Default(outcome);
        new CaseworkDesk(files, nation, new Draws(parameters.Seed, DrawStream.Casework, community.Index)).Publish(history, cards);
    }
}
