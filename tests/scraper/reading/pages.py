"""Pages of our own to read: paragraphs in many languages, and the markup around them."""

from __future__ import annotations

from datetime import UTC, datetime

from scraper.reading import Found, Page, Reading, Rules, read_page

FETCHED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NO_RULES = Rules()
NOTHING = Found()

PROSE = {
    "en": "A delegation of the university visited the partner faculty this week and agreed to exchange "
    "lecturers and students. "
    "Both sides described the plans for joint research and thanked the hosts for the warm welcome "
    "they had been given.",
    "fa": "هیئتی از دانشگاه در این هفته از دانشکده همکار بازدید کرد و درباره تبادل استاد و دانشجو گفت‌وگو کرد. "
    "دو طرف برنامه‌های پژوهشی مشترک را توضیح دادند و از میزبانان برای استقبال گرم قدردانی کردند و "
    "بر ادامه همکاری‌ها تأکید شد.",
    "ar": "زار وفد من الجامعة الكلية الشريكة هذا الأسبوع واتفق الجانبان على تبادل الأساتذة والطلبة في عدد "
    "من التخصصات. "
    "وشرح الطرفان خطط البحث المشترك وشكرا المضيفين على حسن الاستقبال، كما أكدا أهمية مواصلة التعاون بين المؤسستين.",
    "ru": "Делегация университета посетила на этой неделе факультет-партнёр и договорилась об обмене "
    "преподавателями и студентами. "
    "Стороны рассказали о планах совместных исследований и поблагодарили хозяев за тёплый приём и внимание к гостям.",
    "uk": "Делегація університету відвідала цього тижня факультет-партнер і домовилася про обмін "
    "викладачами та студентами. "
    "Сторони розповіли про плани спільних досліджень і подякували господарям за теплий прийом та увагу до гостей.",
    "kk": "Университет делегациясы осы аптада серіктес факультетке барып, оқытушылар мен студенттер "
    "алмасу туралы келісті. "
    "Екі тарап бірлескен зерттеулердің жоспарын түсіндіріп, жылы қабылдағаны үшін қонақжай иелерге "
    "алғыс айтты, ынтымақтастық жалғасады.",
    "ky": "Университеттин делегациясы бул жумада өнөктөш факультетке барып, окутуучулар менен "
    "студенттерди алмашуу жөнүндө макулдашты. "
    "Эки тарап биргелешкен изилдөөлөрдүн пландарын түшүндүрүп, жылуу кабыл алгандыгы үчүн "
    "ыраазычылык билдирди, кызматташуу уланат.",
    "uz": "Universitet delegatsiyasi shu hafta hamkor fakultetga tashrif buyurdi va o‘qituvchilar hamda "
    "talabalar almashinuvi haqida kelishib oldi. "
    "Ikki tomon qo‘shma tadqiqotlar rejalarini tushuntirdi va iliq qabul uchun mezbonlarga "
    "minnatdorlik bildirdi, hamkorlik davom etadi.",
    "uz-Cyrl": "Университет делегацияси шу ҳафта ҳамкор факультетга ташриф буюрди ва ўқитувчилар ҳамда "
    "талабалар алмашинуви ҳақида келишиб олди. "
    "Икки томон қўшма тадқиқотлар режаларини тушунтирди ва илиқ қабул учун мезбонларга миннатдорлик "
    "билдирди, ҳамкорлик давом этади.",
    "tg": "Ҳайати донишгоҳ дар ин ҳафта аз факултети ҳамкор дидан кард ва дар бораи мубодилаи устодону "
    "донишҷӯён ба мувофиқа расид. "
    "Ҷонибҳо нақшаҳои тадқиқоти муштаракро шарҳ доданд ва ба мизбонон барои пазироии гарм изҳори "
    "сипос намуданд, ҳамкорӣ идома меёбад.",
    "az": "Universitetin nümayəndə heyəti bu həftə tərəfdaş fakültəyə səfər etdi və müəllim və tələbə "
    "mübadiləsi haqqında razılığa gəldi. "
    "Hər iki tərəf birgə tədqiqat planlarını izah etdi və səmimi qəbula görə ev sahiblərinə "
    "təşəkkür etdi, əməkdaşlıq davam edəcək.",
    "tr": "Üniversitenin heyeti bu hafta ortak fakülteyi ziyaret etti ve öğretim üyesi ile öğrenci "
    "değişimi konusunda anlaşmaya vardı. "
    "İki taraf ortak araştırma planlarını açıkladı ve sıcak karşılama için ev sahiplerine teşekkür "
    "etti, iş birliği sürecek.",
    "de": "Eine Delegation der Universität besuchte in dieser Woche die Partnerfakultät und vereinbarte "
    "den Austausch von Lehrenden und Studierenden. "
    "Beide Seiten erläuterten die Pläne für gemeinsame Forschung und dankten den Gastgebern für den "
    "herzlichen Empfang.",
    "fr": "Une délégation de l’université a visité cette semaine la faculté partenaire et a convenu "
    "d’échanger des enseignants et des étudiants. "
    "Les deux parties ont présenté leurs projets de recherche et remercié leurs hôtes pour cet accueil chaleureux.",
    "es": "Una delegación de la universidad visitó esta semana la facultad asociada y acordó el "
    "intercambio de profesores y estudiantes. "
    "Ambas partes explicaron los planes de investigación conjunta y agradecieron a los anfitriones "
    "su cálida acogida.",
    "pt": "Uma delegação da universidade visitou esta semana a faculdade parceira e acordou o intercâmbio "
    "de professores e estudantes. "
    "As duas partes explicaram os planos de pesquisa conjunta e agradeceram aos anfitriões a calorosa recepção.",
    "pl": "Delegacja uczelni odwiedziła w tym tygodniu wydział partnerski i uzgodniła wymianę wykładowców "
    "oraz studentów. "
    "Obie strony przedstawiły plany wspólnych badań i podziękowały gospodarzom za serdeczne "
    "przyjęcie oraz życzliwość.",
    "id": "Delegasi universitas mengunjungi fakultas mitra pekan ini dan menyepakati pertukaran dosen "
    "serta mahasiswa antara kedua lembaga. "
    "Kedua pihak menjelaskan rencana penelitian bersama dan berterima kasih kepada tuan rumah atas "
    "sambutan yang hangat.",
    "el": "Αντιπροσωπεία του πανεπιστημίου επισκέφθηκε αυτή την εβδομάδα τη συνεργαζόμενη σχολή και "
    "συμφώνησε στην ανταλλαγή καθηγητών και φοιτητών. "
    "Οι δύο πλευρές παρουσίασαν τα σχέδια κοινής έρευνας και ευχαρίστησαν τους οικοδεσπότες για τη θερμή υποδοχή.",
    "zh": "本周，我校代表团访问了合作学院，双方就教师和学生的交流达成了一致意见，并介绍了各自的研究计划。"
    "代表团感谢主人的热情接待，表示今后将继续加强合作，为两国青年的学习和成长创造更好的条件，也欢迎对方早日来访。",
    "ja": "大学の代表団は今週、提携先の学部を訪問し、教員と学生の交流について合意しました。双方は共同研究の計画を説明し、"
    "温かい歓迎に感謝の意を表しました。今後も両大学は協力を続け、学生たちの学びの場を広げていくことにしています。",
    "ko": "대학 대표단은 이번 주 협력 학부를 방문하여 교원과 학생의 교류에 대해 합의하였다. 양측은 공동 연구 계획을 설명하고 "
    "따뜻한 환대에 감사를 표하였으며 앞으로도 두 대학의 협력을 이어 가기로 뜻을 모았다고 밝혔다.",
    "th": "คณะผู้แทนของมหาวิทยาลัยเดินทางไปเยือนคณะที่เป็นพันธมิตรในสัปดาห์นี้ และตกลงแลกเปลี่ยนอาจารย์กับนักศึกษา "
    "ทั้งสองฝ่ายอธิบายแผนการวิจัยร่วมกันและขอบคุณเจ้าภาพสำหรับการต้อนรับอย่างอบอุ่น ความร่วมมือจะดำเนินต่อไป",
}
"""Two sentences in each language, by BCP 47 tag, without any date."""


def article(
    language: str = "en",
    *,
    title: str = "Delegation agrees on exchange of lecturers",
    before: str = "",
    after: str = "",
    head: str = "",
) -> str:
    """A small article: a heading, three paragraphs, and what is asked for around them."""
    sentences = (PROSE[language], *PROSE[language].split(". "))
    paragraphs = "".join(f"<p>{text}</p>" for text in sentences)
    body = f"<h1>{title}</h1>{before}<div class='text'>{paragraphs}</div>{after}"
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def read(
    html: str | bytes,
    rules: Rules = NO_RULES,
    found: Found = NOTHING,
    *,
    url: str = "http://www.example.org/news/17",
    content_type: str | None = "text/html",
) -> Reading:
    """The reading of a page that was fetched on 22 November 2026."""
    body = html.encode() if isinstance(html, str) else html
    return read_page(Page(url, body, content_type, FETCHED), rules, found)
