using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Names;

/// <summary>Telephone numbers and addresses of invented parties.</summary>
public static class Contact
{
    private static readonly string[] Roads =
        ["人民路", "解放路", "中山路", "建设路", "和平路", "新华路", "文化路", "长江路", "黄河路", "北京路", "滨江大道", "科技路", "学府路", "金融街", "迎宾路"];

    private static readonly string[] Prefixes = ["13", "15", "17", "18", "19"];

    /// <summary>Eleven digits, different for every serial below 10^9: 10,007,681 has no factor 2 or 5.</summary>
    public static string Phone(long serial) => $"{Prefixes[(int)(serial % Prefixes.Length)]}{serial * 10_007_681 % 1_000_000_000:000000000}";

    public static string Home(Draws draws, Place place) =>
        $"{place.City}{place.District}{draws.Pick(Roads)}{draws.Between(1, 899)}号{draws.Between(1, 28)}栋{draws.Between(1, 32)}{draws.Between(1, 8):00}室";

    public static string Office(Draws draws, Place place) =>
        $"{place.City}{place.District}{draws.Pick(Roads)}{draws.Between(1, 899)}号{draws.Between(2, 40)}层";
}
