"""First names that are mostly men's, and mostly women's: whom "he" or "she" may mean.

A hint and no more. A name in neither list may be anybody's.
"""

from annotations.text.languages.base import words

HIS = words(
    """Aaron Abdul Adam Ahmed Alan Albert Alejandro Alexander Alexei Ali Allan Andreas Andrei Andrew
    Anthony Anton Antonio Arthur Barack Ben Benjamin Bernard Bill Bob Boris Brian Bruce Carl Carlos
    Charles Chris Christian Christopher Daniel Dale David Dennis Dmitri Dmitry Donald Douglas Edward
    Emmanuel Eric Ernest Evan Francis Frank Franz Fred Frederick François Gary Geoffrey George
    Gerhard Giorgio Giovanni Gordon Greg Gregory Hans Harold Harry Hassan Heinrich Henri Henry
    Howard Hugh Ian Ibrahim Igor Ivan Jack Jacob Jacques James Jan Jason Javier Jean Jeff Jeffrey
    Jeremy Jim Joe Johann John Jonathan Jorge Joseph José Juan Julian Jürgen Karim Karl Keith
    Kenneth Kevin Klaus Larry Laurent Leo Lewis Louis Luca Luis Manuel Marc Marco Mario Mark Martin
    Matthew Max Michael Michel Miguel Mike Mohamed Mohammed Muhammad Nicholas Nikolai Oleg Oliver
    Omar Oscar Otto Patrick Paul Pavel Pedro Peter Philip Pierre Ralph Raymond Recep Richard Rick
    Robert Jake Josh Kyle Luke Nathan Ryan Sean Tyler Zachary Roger Ronald
    Roy Russell Samuel Scott Sergei Sergey Simon Stefan Stephen Steve Steven
    Sunil Sonny Ted Thomas Tim Timothy Tom Tomás Tony Viktor Vincent Vladimir Volodymyr Walter Will
    William Wolfgang Xavier Yuri Алексей Александр Андрей Антон Борис Василий Виктор Владимир
    Дмитрий Евгений Иван Игорь Карим Михаил Николай Олег Павел Пётр Сергей Томас Юрий"""
)
HERS = words(
    """Agnes Alexandra Alice Amanda Amy Ana Anastasia Andrea Angela Anita Ann Anna Anne Annalena
    Barbara
    Beatrice Beth Betty Camilla Carla Carmen Carol Caroline Catherine Charlotte Christina Christine
    Clara Claire Claudia Cristina Cynthia Deborah Diana Diane Donna Dorothy Elena Elizabeth Ella
    Ellen Emily Emma Esther Eva Eve Fatima Florence Frances Françoise Gabriela Giorgia Gloria Grace
    Greta Hannah Heather Heidi Helen Hélène Hillary Inés Ingrid Irena Irene Irina Isabel Isabelle
    Jacqueline Jane Janet Janice Jean Jennifer Jessica Jill Joan Joanna Joyce Judith Judy Julia
    Julie Kamala Karen Katherine Kathleen Kelly Kim Laura Lena Leila Linda Lisa Liz Louise Lucia
    Lucy Lydia Madeleine Margaret Maria Marie Marina Marine Martha Mary María Megan Melissa Michelle
    Miriam Monica Nadia Nancy Natalia Natalie Nicole Nina Olga Olivia Pamela Patricia Paula Petra
    Rachel Rebecca Renata Rosa Rose Ruth Sandra Sara Sarah Sharon Sofia Sophie Stephanie Susan
    Svetlana Sylvia Tatiana Teresa Theresa Ursula Valentina Valérie Vera Veronica Victoria Yvonne
    Zoe Анна Виктория Галина Екатерина Елена Ингрид Ирина Мария Наталья Нина Ольга
    Светлана Татьяна"""
)
EITHER = HIS & HERS
