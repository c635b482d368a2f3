"""First names that are mostly men's, and mostly women's: whom "he" or "she" may mean.

A hint and no more. A name in neither list may be anybody's. The last lines of each are names that
have been common in the United States in some decade.
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
    Дмитрий Евгений Иван Игорь Карим Михаил Николай Олег Павел Пётр Сергей Томас Юрий
    Abraham Adrian Al Alec Alfred Alfredo Allen Alvin Amos Andre Andres Andy Angelo Antoine Armando
    Arnold Austin Barry Bernie Bert Blake Bobby Brad Bradley Brandon Brendan Brent Brett Bruno
    Bryan Bryant Byron Caleb Calvin Cecil Cedric Cesar Chad Chester Chuck Clarence Clark Clayton
    Cliff Clifford Clifton Clint Clinton Clyde Cody Cole Colin Connor Corey Craig Curtis Dan Danny
    Darnell Darrell Darren Darryl Dave Dean Derek Derrick Devin Dexter Diego Dominic Don Donnie
    Doug Drew Duane Dustin Dwayne Dwight Dylan Earl Ed Eddie Edgar Edmund Eduardo Edwin Eli Elijah
    Elliott Elmer Emilio Enrique Erik Ernesto Ethan Eugene Everett Felipe Felix Fernando Floyd
    Forrest Franklin Freddie Gabriel Garrett Garry Gavin Gene Gerald Gerard Gilbert Glen Glenn
    Grady Guillermo Gus Hal Hank Harrison Harvey Hector Herbert Herman Homer Horace Hubert Hugo
    Ignacio Irving Isaac Isaiah Ismael Jaime Jamal Jared Jay Jermaine Jerome Jerry Jesus Jimmy
    Joaquin Joel Joey Johnny Jon Jonah Jose Joshua Josiah Julio Julius Justin Kareem Kelvin Ken
    Kenny Kent Kirk Kurt Lamar Lance Landon Laurence Lawrence Len Leon Leonard Leonardo Leroy
    Lester Levi Liam Lionel Lloyd Logan Lonnie Lorenzo Lou Lucas Luther Lyle Malcolm Malik Marcel
    Marcos Marcus Marlon Marshall Marvin Mateo Matt Maurice Mauricio Maxwell Melvin Merle Micah
    Miles Milton Mitch Mitchell Mohammad Morris Moses Murray Myron Nate Nathaniel Neal Ned Neil
    Nelson Nick Nicolas Noah Norman Orville Otis Owen Pablo Perry Pete Phil Phillip Preston Quentin
    Rafael Ramon Randall Randy Raul Ray Reggie Reginald Rex Ricardo Ricky Rob Robbie Roberto Rod
    Roderick Rodney Rodrigo Roland Ron Ronnie Ross Ruben Rudy Rufus Salvador Salvatore Sammy Saul
    Sergio Seth Shane Shawn Sheldon Sherman Silas Spencer Stan Stanley Stewart Stuart Sylvester
    Terence Terrence Theo Theodore Timmy Todd Tommy Travis Trent Trevor Troy Tyrone Vernon Vic
    Vince Virgil Wade Wallace Walt Warren Wayne Wendell Wes Wesley Wilbur Willard Willie Winston
    Woodrow Wyatt Zach Zack Zane"""
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
    Светлана Татьяна
    Abigail Ada Adele Adriana Adrienne Alicia Alison Allison Alma Alyssa Angelica Angelina Angie
    Annette Annie Ariana Arlene Ashley Audrey Ava Becky Belinda Bernadette Bernice Bertha Bethany
    Beverly Blanca Bonnie Brenda Brianna Bridget Brittany Brooke Candace Candice Carolyn Carrie
    Cassandra Cathy Cecilia Celeste Celia Charlene Chelsea Cheryl Chloe Christy Cindy Colleen
    Connie Constance Cora Courtney Daisy Danielle Daphne Darlene Dawn Debbie Debra Delores Denise
    Desiree Dianne Dolores Doreen Doris Edith Edna Eileen Elaine Eleanor Elisa Elise Eliza Ellie
    Eloise Elsa Elsie Elvira Erica Erika Erin Ernestine Estella Estelle Ethel Etta Eunice
    Evangeline Evelyn Faye Felicia Fiona Freda Gail Genevieve Geraldine Gertrude Gina Ginny Gladys
    Glenda Gretchen Guadalupe Gwen Gwendolyn Harriet Hattie Hazel Henrietta Hilda Holly Ida Inez
    Iris Irma Isabella Jackie Jana Janelle Janette Janie Janine Jasmine Jeanette Jeanne Jeannie
    Jenna Jennie Jenny Joann Joanne Jocelyn Jodi Johanna Jolene Josefina Josephine Josie Joy Juana
    Juanita Juliana Julianne Juliet Justine Kaitlyn Kara Karin Kate Kathryn Kathy Katie Katrina Kay
    Kayla Keisha Kendra Kirsten Krista Kristen Kristin Kristina Kristine Krystal Latasha Latoya
    Lauren Laurie Leah Leann Lenora Leona Leticia Lila Lillian Lillie Lily Lindsay Lindsey Lois
    Lola Lora Loretta Lori Lorraine Lucille Lucinda Lula Luz Lynda Lynette Lynne Mabel Mackenzie
    Madeline Mae Maggie Mamie Mandy Marcella Marcia Margarita Margie Marguerite Marian Marianne
    Maribel Marilyn Marisa Marisol Marissa Marjorie Marla Marlene Marsha Marta Maryann Matilda
    Mattie Maureen Maxine Meghan Melanie Melba Melinda Melody Mercedes Meredith Mia Mildred Millie
    Mindy Minnie Miranda Molly Mona Muriel Myra Myrna Myrtle Nadine Naomi Natasha Nell Nellie
    Nettie Nichole Noelle Noemi Nora Norma Opal Paige Pam Patrice Patsy Patti Patty Paulette
    Pauline Pearl Peggy Penelope Penny Phoebe Phyllis Priscilla Ramona Raquel Reba Regina Renee
    Rhoda Rhonda Rita Roberta Robyn Rochelle Rosalie Rosalind Rosario Roseanne Rosemarie Rosemary
    Rosie Roxanne Ruby Ruthie Sabrina Sadie Sally Samantha Selena Shauna Shawna Sheila Shelley
    Shelly Sheri Sherri Sherry Shirley Silvia Sonia Sonja Sonya Sophia Stacey Stacy Stella Sue
    Susanna Suzanne Suzette Sybil Tabitha Tamara Tameka Tami Tamika Tammy Tania Tanya Tara Tasha
    Teri Terri Tessa Thelma Tina Toni Tonya Tracey Traci Tracy Tricia Trina Trudy Vanessa Velma
    Verna Vicki Vickie Vicky Viola Violet Vivian Wanda Wendy Whitney Wilma Winifred Yolanda Yvette
    Zelda"""
)
EITHER = HIS & HERS
