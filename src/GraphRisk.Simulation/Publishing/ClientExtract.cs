using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Publishing;

/// <summary>Publishes a community's client records, accounts and logins at their brokers.</summary>
public static class ClientExtract
{
    /// <returns>What each broker has on file of each client.</returns>
    public static IReadOnlyDictionary<ClientRelation, ClientCard> Publish(MarketFiles files, MarketCommunity community, IReadOnlyList<Debtor> clients, Draws draws)
    {
        var cards = new Dictionary<ClientRelation, ClientCard>();
        foreach (var client in clients)
        {
            foreach (var relation in client.Relations)
            {
                var card = client.Party is Person person
                    ? PersonCard.Draw(draws, person, relation.Ordinal > 0, relation.OpenedOn)
                    : CompanyCard.Draw(draws, (Company)client.Party, relation.OpenedOn);
                cards.Add(relation, card);
                files.Of(relation.Broker).Client(relation, card, client.LeftOn(relation));
                files.Truth.Entity(relation.Broker.Source, relation.ClientNo, client.Party);
            }

            foreach (var account in client.Accounts) files.Of(account.Client.Broker).Account(account);
        }

        PublishLogins(files, community, clients, draws);
        return cards;
    }

    private static void PublishLogins(MarketFiles files, MarketCommunity community, IReadOnlyList<Debtor> clients, Draws draws)
    {
        var accounts = clients.ToDictionary(c => c.Party, c => c.Accounts);
        foreach (var device in community.Devices)
            foreach (var user in device.Users)
                if (accounts[user] is [var account, ..])
                    files.Of(account.Client.Broker).Login(account, device.Id, account.OpenedOn.AddDays(draws.Below(30)));
    }
}
