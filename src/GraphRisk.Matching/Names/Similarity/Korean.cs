using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>
/// Korean names of persons in Hangul: a surname of one syllable (of two in few) and a given name. The usual Latin forms of surnames follow no rule
/// and stand in a table; given names follow the Revised Romanization with eo as o and eu as u, the forms passports and newspapers write.
/// </summary>
internal static class Korean
{
    private static readonly FrozenDictionary<char, string[]> Surnames = (
        "김 kim gim|이 lee yi rhee|박 park pak bak|최 choi choe|정 jung jeong chung chong|강 kang gang|조 cho jo|윤 yoon yun|장 jang chang|임 lim im|림 rim lim|한 han|오 oh o|서 seo suh so|"
        + "신 shin sin|권 kwon gwon|황 hwang|안 ahn an|송 song|류 ryu yoo|유 yoo yu|홍 hong|전 jeon jun chon|고 ko go|문 moon mun|손 son sohn|양 yang|배 bae pae|백 baek paik|허 heo hur|"
        + "노 noh roh|남 nam|심 shim sim|하 ha|곽 kwak gwak|성 sung seong|차 cha|주 joo ju|우 woo u|구 koo gu|라 ra na|리 ri lee|로 ro").Split('|')
        .Select(row => row.Split(' ')).ToFrozenDictionary(row => row[0][0], row => row[1..]);

    /// <summary>Readings of a name of two to four syllables; none for other text.</summary>
    public static ImmutableArray<NameWord[]> Read(string written)
    {
        var syllables = written.Where(character => !char.IsWhiteSpace(character)).ToArray();
        if (syllables.Length is < 2 or > 4 || !Array.TrueForAll(syllables, character => character is >= '\uac00' and <= '\ud7a3') || !Surnames.TryGetValue(syllables[0], out var surnames)) return [];
        var given = string.Concat(syllables.Skip(1).Select(syllable => string.Concat(LatinText.Words(syllable.ToString()))))
            .Replace("eo", "o", StringComparison.Ordinal).Replace("eu", "u", StringComparison.Ordinal);
        return [.. surnames.Select(surname => new[] { new NameWord(surname, WordRole.Name), new NameWord(given, WordRole.Name) })];
    }
}
