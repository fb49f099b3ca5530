using System.Globalization;

namespace GraphRisk.Server.Tests.NonInterference;

/// <summary>
/// The sample market's files as they would be if one broker's secrets were others: amounts, contracts and positions there or
/// not, contacts, clients there or not, logins, events. All other files are the same bytes. The same seed makes the same world.
/// </summary>
internal sealed class OtherWorld
{
    /// <summary>Columns of amounts, quantities and ratios, at a broker of either dialect.</summary>
    private static readonly HashSet<string> Amounts = new(StringComparer.Ordinal)
    {
        "授信额度", "现金", "担保物市值", "融资余额", "融券市值", "应付利息", "初始金额", "质押数量", "应付金额", "质押市值", "持仓数量", "标的数量", "金额", "担保比例",
    };

    /// <summary>Part of the rows of a file that are not there in the other world.</summary>
    private static readonly Dictionary<string, double> Missing = new(StringComparer.Ordinal)
    {
        ["clients.csv"] = 0.05, ["accounts.csv"] = 0.03, ["margin.csv"] = 0.1, ["margin_statements.csv"] = 0.1, ["pledge.csv"] = 0.2, ["pledge_statements.csv"] = 0.1,
        ["repo.csv"] = 0.2, ["positions.csv"] = 0.2, ["events.csv"] = 0.3, ["logins.csv"] = 0.3, ["authorisations.csv"] = 0.3,
    };

    private readonly Random random;
    private readonly string broker;
    private readonly List<string> known;

    private OtherWorld(string broker, int seed, List<string> known)
    {
        random = new Random(seed);
        this.broker = broker;
        this.known = known;
    }

    /// <summary>Lays the files of the other world into a folder.</summary>
    /// <param name="market">The sample's files.</param>
    /// <param name="broker">Whose secrets are others, such as B002.</param>
    /// <param name="rival">The broker whose clients some of the new ones are.</param>
    /// <param name="seed">Which other world.</param>
    /// <param name="into">Where to.</param>
    public static void Write(string market, string broker, string rival, int seed, string into)
    {
        var rivals = File.ReadAllLines(Path.Combine(market, "brokers", rival, "clients.csv")).Skip(1).ToList();
        var world = new OtherWorld(broker, seed, rivals);
        foreach (var file in Directory.EnumerateFiles(market, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(market, file);
            var target = Path.Combine(into, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var secret = path.StartsWith(Path.Combine("brokers", broker) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
            if (secret) File.WriteAllLines(target, world.Change(Path.GetFileName(path), File.ReadAllLines(file)));
            else File.Copy(file, target);
        }
    }

    private List<string> Change(string file, string[] lines)
    {
        var header = lines[0].Split(',');
        var missing = Missing.GetValueOrDefault(file);
        List<string> changed = [lines[0]];
        foreach (var line in lines.Skip(1))
            if (random.NextDouble() >= missing) changed.Add(line.Contains('"', StringComparison.Ordinal) ? line : Change(header, line.Split(',')));
        if (file == "clients.csv") changed.AddRange(NewClients());
        return changed;
    }

    private string Change(string[] header, string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (Amounts.Contains(header[i]) && decimal.TryParse(cells[i], CultureInfo.InvariantCulture, out var amount) && random.Next(2) == 0)
                cells[i] = Math.Round(amount * (decimal)(0.5 + random.NextDouble()), amount.Scale).ToString(CultureInfo.InvariantCulture);
            if (header[i] == "联系电话" && random.Next(3) == 0) cells[i] = $"199{random.Next(100_000_000):00000000}";
            if (header[i] == "联系地址" && random.Next(3) == 0) cells[i] = $"某市某区某路{random.Next(1000)}号";
        }

        return string.Join(',', cells);
    }

    /// <summary>Clients only this world has: strangers, and some of the rival's under their own name and document.</summary>
    private IEnumerable<string> NewClients()
    {
        for (var i = 0; i < 40; i++)
        {
            var number = $"{broker[1..]}9{i:000000}";
            var twin = known[random.Next(known.Count)].Split(',');
            yield return i % 2 == 0 && twin[3] == "PERSON"
                ? $"{number},{twin[1]},,个人,{(twin[4] == "RESIDENT_ID" ? "居民身份证" : "")},{(twin[4] == "RESIDENT_ID" ? twin[5] : "")},,,,199{random.Next(100_000_000):00000000},某市某区某路{i}号,31,20200101,"
                : $"{number},陌生{(char)('甲' + i)}客,,个人,,,,,,198{random.Next(100_000_000):00000000},某市某区某路{i}号,31,20200101,";
        }
    }
}
